package dev.firn.engine.lake;

import dev.firn.contract.Position;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.Row;

/**
 * The columns that Firn adds to the source's columns in every mirrored row. The position guards the
 * row: an event changes the row only if the event's position is greater.
 */
public final class RowMetadata {

  public static final String EPOCH = "_epoch";
  public static final String LSN = "_lsn";
  public static final String SEQ = "_seq";
  public static final String COMMITTED_AT = "_committed_at";

  /**
   * Columns whose value is older than the row, each with the position of the value: values that
   * PostgreSQL did not send with the row's newest event (unchanged TOAST). Null for most rows; the
   * column is added to a table when the first such event arrives.
   */
  public static final String UNCHANGED = "_unchanged";

  /** The operation of the event; only in a change log, where every event is a row. */
  public static final String OPERATION = "_op";

  public static final List<String> POSITION = List.of(EPOCH, LSN, SEQ);

  public static final List<String> ALL =
      List.of(EPOCH, LSN, SEQ, COMMITTED_AT, UNCHANGED, OPERATION);

  private RowMetadata() {}

  /**
   * Whether the table keeps every event as a row because its source has no key: then the position
   * identifies the rows. The names of columns cannot show this, because a column of the source may
   * have any name.
   */
  public static boolean isChangeLog(Schema schema) {
    return schema.identifierFieldNames().equals(Set.copyOf(POSITION));
  }

  /** The position and time columns, numbered from {@code firstId}. */
  public static List<NestedField> fields(int firstId) {
    return List.of(
        NestedField.required(firstId, EPOCH, Types.IntegerType.get()),
        NestedField.required(firstId + 1, LSN, Types.LongType.get()),
        NestedField.required(firstId + 2, SEQ, Types.LongType.get()),
        NestedField.optional(firstId + 3, COMMITTED_AT, Types.TimestampType.withZone()));
  }

  /** The type of {@link #UNCHANGED}; it gets new field ids when it is added to a table. */
  public static Types.MapType unchangedType() {
    return Types.MapType.ofRequired(
        1,
        2,
        Types.StringType.get(),
        Types.StructType.of(
            NestedField.required(3, EPOCH, Types.IntegerType.get()),
            NestedField.required(4, LSN, Types.LongType.get()),
            NestedField.required(5, SEQ, Types.LongType.get())));
  }

  /** The position of a row that has the columns {@link #POSITION}. */
  public static Position position(Row row) {
    return new Position(row.<Integer>getAs(EPOCH), row.<Long>getAs(LSN), row.<Long>getAs(SEQ));
  }

  /** An SQL expression that has the order of {@link Position}. */
  public static String positionSql(String alias) {
    return "struct(%1$s._epoch, %1$s._lsn, %1$s._seq)".formatted(alias);
  }

  public static String literalSql(Position position) {
    return "struct(%s AS _epoch, %sL AS _lsn, %sL AS _seq)"
        .formatted(position.epoch(), position.lsn(), position.seq());
  }
}
