package dev.firn.etl.merge;

import dev.firn.contract.Position;
import dev.firn.etl.ingest.ChangedRow;
import dev.firn.etl.ingest.RowBinding;
import dev.firn.etl.lake.RowMetadata;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The folded rows of a batch as a data frame: the source's columns, the position, and behind them
 * what the judgement needs.
 */
final class StagedRows {

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

  private StagedRows() {}

  static Dataset<Row> of(SparkSession spark, TargetTable target, JavaRDD<ChangedRow> rows) {
    List<String> columns = target.columns();
    boolean changeLog = target.isChangeLog();
    JavaRDD<Row> staged = rows.map(row -> row(row, columns, changeLog));
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
        .add(RowMetadata.OPERATION, DataTypes.StringType, false)
        .add(DELETED, DataTypes.BooleanType, false)
        .add(OLDER, new ArrayType(older, false), true)
        .add(EVENTS, DataTypes.LongType, false)
        .add(NEWEST, DataTypes.LongType, false);
  }

  private static Row row(ChangedRow row, List<String> columns, boolean changeLog) {
    List<Object> values = new ArrayList<>(row.values());
    values.add(row.position().epoch());
    values.add(row.position().lsn());
    values.add(row.position().seq());
    values.add(row.committedAt());
    values.add(row.operation().code());
    values.add(row.isDelete() && !changeLog);
    values.add(older(row, columns));
    values.add(row.events());
    values.add(row.newest());
    return RowFactory.create(values.toArray());
  }

  private static Object[] older(ChangedRow row, List<String> columns) {
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
