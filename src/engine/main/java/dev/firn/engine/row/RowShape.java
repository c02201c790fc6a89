package dev.firn.engine.row;

import dev.firn.engine.lake.RowMetadata;
import java.io.Serializable;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a row in a merge: those of the lake's table, in its order, without {@link
 * RowMetadata#UNCHANGED}, which few rows have. The place of a column is its ordinal among these.
 */
public final class RowShape implements Serializable {

  private static final long serialVersionUID = 1L;

  private final Schema schema;
  private final StructType type;
  private final int[] source;
  private final int[] key;

  private RowShape(Schema schema) {
    this.schema = schema;
    this.type = SparkSchemaUtil.convert(schema);
    List<NestedField> columns = schema.columns();
    this.source = places(columns, field -> !RowMetadata.ALL.contains(field.name()));
    this.key = places(columns, field -> schema.identifierFieldIds().contains(field.fieldId()));
  }

  /**
   * @param table the schema of a mirror or of a change log
   */
  public static RowShape of(Schema table) {
    List<NestedField> columns =
        table.columns().stream()
            .filter(field -> !field.name().equals(RowMetadata.UNCHANGED))
            .toList();
    return new RowShape(new Schema(columns, table.identifierFieldIds()));
  }

  private static int[] places(List<NestedField> columns, Predicate<NestedField> wanted) {
    return IntStream.range(0, columns.size()).filter(i -> wanted.test(columns.get(i))).toArray();
  }

  /** Iceberg's types and field ids. */
  public Schema schema() {
    return schema;
  }

  /** Spark's types. */
  public StructType type() {
    return type;
  }

  public int width() {
    return schema.columns().size();
  }

  /** The places of the source's columns. */
  public int[] source() {
    return source.clone();
  }

  /** The places of the columns that identify a row: the key, or in a change log the position. */
  public int[] key() {
    return key.clone();
  }

  /** The place of one of {@link RowMetadata}'s columns; -1 if this table does not have it. */
  public int place(String column) {
    return IntStream.range(0, width())
        .filter(i -> schema.columns().get(i).name().equals(column))
        .findFirst()
        .orElse(-1);
  }
}
