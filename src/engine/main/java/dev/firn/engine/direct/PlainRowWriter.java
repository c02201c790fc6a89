package dev.firn.engine.direct;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.parquet.TripleWriter;
import org.apache.iceberg.shaded.org.apache.parquet.column.ColumnWriteStore;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.shaded.org.apache.parquet.schema.Type.Repetition;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.StructType;

/**
 * Writes rows of plain columns into a Parquet file without creating an object for each value, as
 * Iceberg's writer does; that would be half the cost of writing a row. It uses the column writers
 * of Iceberg, so the files are the same.
 */
final class PlainRowWriter implements ParquetValueWriter<InternalRow> {

  private final ParquetValueWriter<InternalRow> iceberg;
  private final List<TripleWriter<?>> columns;
  private final PrimitiveValue[] values;
  private final boolean[] required;

  private PlainRowWriter(
      ParquetValueWriter<InternalRow> iceberg, List<PrimitiveValue> values, boolean[] required) {
    this.iceberg = iceberg;
    this.columns = iceberg.columns();
    this.values = values.toArray(PrimitiveValue[]::new);
    this.required = required;
  }

  /**
   * @param type the rows' type in Spark
   * @param file the same columns as in the file
   * @return Iceberg's own writer if a column is not plain
   */
  static ParquetValueWriter<InternalRow> of(Schema schema, StructType type, MessageType file) {
    ParquetValueWriter<InternalRow> iceberg = SparkParquetWriters.buildWriter(type, file);
    List<PrimitiveValue> values = new ArrayList<>();
    boolean[] required = new boolean[schema.columns().size()];
    for (int i = 0; i < required.length; i++) {
      required[i] = file.getType(i).isRepetition(Repetition.REQUIRED);
      Optional<PrimitiveValue> value = PrimitiveValue.of(schema.columns().get(i).type());
      if (value.isEmpty()) {
        return iceberg;
      }
      values.add(value.get());
    }
    return new PlainRowWriter(iceberg, values, required);
  }

  @Override
  public void write(int repetition, InternalRow row) {
    for (int i = 0; i < values.length; i++) {
      if (!row.isNullAt(i)) {
        values[i].write(row, i, columns.get(i));
      } else if (required[i]) {
        throw new IllegalStateException("Cannot write row: required column is null: " + i);
      } else {
        columns.get(i).writeNull(0, 0);
      }
    }
  }

  @Override
  public List<TripleWriter<?>> columns() {
    return columns;
  }

  @Override
  public void setColumnStore(ColumnWriteStore store) {
    iceberg.setColumnStore(store);
  }
}
