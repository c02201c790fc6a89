package dev.firn.engine.sql;

import dev.firn.contract.Position;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.row.FoldedChange;
import dev.firn.engine.row.RowObjects;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.row.SortedChanges;
import dev.firn.engine.table.MirrorTable;
import dev.firn.engine.typing.RowBinding;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The folded rows of a batch as a data frame: the source's columns, the position, and the columns
 * that the judgement needs.
 */
final class ChangeRows {

  /** The newest event is a delete. */
  static final String DELETED = "_firn_deleted";

  /** Entries of column name and position, for the columns that are older than the row. */
  static final String OLDER = "_firn_older";

  static final String EVENTS = "_firn_events";
  static final String NEWEST = "_firn_newest";

  private static final StructType POSITION =
      new StructType()
          .add(RowMetadata.EPOCH, DataTypes.IntegerType, false)
          .add(RowMetadata.LSN, DataTypes.LongType, false)
          .add(RowMetadata.SEQ, DataTypes.LongType, false);

  private ChangeRows() {}

  static Dataset<Row> of(
      SparkSession spark, MirrorTable target, RowShape shape, JavaRDD<SortedChanges> changes) {
    List<String> columns = target.columns();
    JavaRDD<Row> staged = changes.flatMap(some -> rows(some, shape, columns));
    return spark.createDataFrame(staged, type(target.table().schema()));
  }

  private static StructType type(Schema schema) {
    List<StructField> fields = new ArrayList<>();
    Schema source = new Schema(RowBinding.sourceColumns(schema));
    for (StructField field : SparkSchemaUtil.convert(source).fields()) {
      fields.add(new StructField(field.name(), field.dataType(), true, Metadata.empty()));
    }
    fields.addAll(List.of(POSITION.fields()));
    StructType type = new StructType(fields.toArray(StructField[]::new));
    StructType older =
        new StructType().add("key", DataTypes.StringType, false).add("value", POSITION, false);
    return type.add(RowMetadata.COMMITTED_AT, DataTypes.TimestampType, true)
        .add(RowMetadata.OPERATION, DataTypes.StringType, true)
        .add(DELETED, DataTypes.BooleanType, false)
        .add(OLDER, new ArrayType(older, false), true)
        .add(EVENTS, DataTypes.LongType, false)
        .add(NEWEST, DataTypes.LongType, false);
  }

  private static Iterator<Row> rows(SortedChanges some, RowShape shape, List<String> columns) {
    FoldedChange change = new FoldedChange(shape);
    return IntStream.range(0, some.size())
        .mapToObj(i -> row(some.look(change, i), shape, columns))
        .iterator();
  }

  private static Row row(FoldedChange change, RowShape shape, List<String> columns) {
    List<Object> values = new ArrayList<>();
    UnsafeRow row = change.row();
    for (int place : shape.source()) {
      values.add(value(row, shape, place));
    }
    values.add(change.epoch());
    values.add(change.lsn());
    values.add(change.seq());
    values.add(value(row, shape, shape.place(RowMetadata.COMMITTED_AT)));
    int operation = shape.place(RowMetadata.OPERATION);
    values.add(operation < 0 ? null : value(row, shape, operation));
    values.add(change.isDeleted());
    values.add(older(change, columns));
    values.add(change.events());
    values.add(change.newest());
    return RowFactory.create(values.toArray());
  }

  private static Object value(UnsafeRow row, RowShape shape, int place) {
    return RowObjects.read(row, place, shape.type().fields()[place].dataType());
  }

  private static Object[] older(FoldedChange row, List<String> columns) {
    if (!row.hasUnchanged()) {
      return null;
    }
    List<Row> older = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      Position known = row.knownAt(i);
      if (row.position().isAfter(known)) {
        Row position = RowFactory.create(known.epoch(), known.lsn(), known.seq());
        older.add(RowFactory.create(columns.get(i), position));
      }
    }
    return older.toArray();
  }
}
