package dev.firn.etl.direct;

import java.util.UUID;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFileFactory;

/** Gives names to new files: no other task, and no other attempt of it, makes the same. */
final class FileNames {

  private FileNames() {}

  static OutputFileFactory of(Table table, FileFormat format) {
    return OutputFileFactory.builderFor(table, 0, 0)
        .operationId(UUID.randomUUID().toString())
        .format(format)
        .build();
  }
}
