package dev.firn.engine.direct;

import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.row.RowShape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.util.DateTimeUtil;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructField;

/**
 * Writes the tombstones of one task: the key's columns, the position, the time at which the
 * tombstone was recorded, and the time at which the source committed the delete.
 */
final class TombstoneFiles {

  private final int[] places;
  private final int committedAt;
  private final StructField[] fields;
  private final GenericInternalRow tombstone;
  private final RowFiles files;

  TombstoneFiles(TaskInput work, Table table) {
    RowShape shape = work.shape();
    Schema schema = table.schema();
    this.fields = shape.type().fields();
    this.places =
        IntStream.concat(
                Arrays.stream(shape.key()), RowMetadata.POSITION.stream().mapToInt(shape::place))
            .toArray();
    this.committedAt = shape.place(RowMetadata.COMMITTED_AT);
    this.tombstone = new GenericInternalRow(places.length + 2);
    tombstone.update(places.length, DateTimeUtil.microsFromInstant(work.terms().recordedAt()));
    this.files = new RowFiles(table, schema, FileNames.of(table, work.batch(), FileFormat.PARQUET));
    PartitionKey partition = new PartitionKey(table.spec(), schema);
    partition.partition(new RowStruct(SparkSchemaUtil.convert(schema), tombstone));
    files.begin(partition);
  }

  void add(InternalRow row) {
    for (int i = 0; i < places.length; i++) {
      tombstone.update(i, row.get(places[i], fields[places[i]].dataType()));
    }
    tombstone.update(places.length + 1, row.get(committedAt, fields[committedAt].dataType()));
    files.write(tombstone);
  }

  List<DataFile> end() {
    return files.end();
  }
}
