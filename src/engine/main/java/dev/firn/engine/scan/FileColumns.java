package dev.firn.engine.scan;

import java.util.List;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.parquet.column.ColumnDescriptor;

/** Finds the columns needed by a scan in a data file. */
final class FileColumns {

  private FileColumns() {}

  static List<ColumnDescriptor> of(ColumnFile file, List<NestedField> fields) {
    return fields.stream().map(field -> of(file, field)).toList();
  }

  private static ColumnDescriptor of(ColumnFile file, NestedField field) {
    return file.column(field.fieldId())
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "Cannot scan data file: column %s (field id %s) is missing; the table's key may have changed: %s"
                        .formatted(field.name(), field.fieldId(), file.location())));
  }
}
