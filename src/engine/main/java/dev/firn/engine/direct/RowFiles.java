package dev.firn.engine.direct;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.util.PropertyUtil;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Writes rows into new data files of a table, partition by partition, and starts another file when
 * one has reached the table's target size. One instance for each task; not thread-safe.
 */
final class RowFiles {

  /** Rows between two checks of a file's size. */
  private static final int LOOK = 1000;

  private final Table table;
  private final Schema schema;
  private final StructType type;
  private final OutputFileFactory names;
  private final long targetBytes;
  private final List<DataFile> written = new ArrayList<>();
  private PartitionKey partition;
  private Optional<DataWriter<InternalRow>> open = Optional.empty();
  private long rows;

  /**
   * @param schema of the rows: columns of the table, in any order
   */
  RowFiles(Table table, Schema schema, OutputFileFactory names) {
    this.table = table;
    this.schema = schema;
    this.type = SparkSchemaUtil.convert(schema);
    this.names = names;
    this.partition = new PartitionKey(table.spec(), table.schema());
    this.targetBytes =
        PropertyUtil.propertyAsLong(
            table.properties(),
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
            TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT);
  }

  /** Starts the partition, in the table's current spec, to which the next rows belong. */
  void begin(PartitionKey next) {
    close();
    partition = next;
  }

  void write(InternalRow row) {
    DataWriter<InternalRow> writer = open.orElseGet(this::open);
    writer.write(row);
    if (++rows % LOOK == 0 && writer.length() >= targetBytes) {
      close();
    }
  }

  /** Closes the last file and returns all files. */
  List<DataFile> end() {
    close();
    return written;
  }

  private DataWriter<InternalRow> open() {
    DataWriter<InternalRow> writer = writer();
    open = Optional.of(writer);
    return writer;
  }

  private void close() {
    if (open.isEmpty()) {
      return;
    }
    DataWriter<InternalRow> writer = open.get();
    open = Optional.empty();
    try {
      writer.close();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write data file of table " + table.name(), e);
    }
    written.add(writer.toDataFile());
  }

  private DataWriter<InternalRow> writer() {
    PartitionSpec spec = table.spec();
    EncryptedOutputFile file =
        spec.isPartitioned() ? names.newOutputFile(spec, partition) : names.newOutputFile();
    try {
      return Parquet.writeData(file.encryptingOutputFile())
          .forTable(table)
          .schema(schema)
          .withSpec(spec)
          .withPartition(spec.isPartitioned() ? partition : null)
          .createWriterFunc(columns -> PlainRowWriter.of(schema, type, columns))
          .overwrite()
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot create data file of table " + table.name(), e);
    }
  }
}
