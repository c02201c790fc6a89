package dev.firn.engine.direct;

import java.util.UUID;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFileFactory;

/**
 * Gives names to new files: no other task, and no other attempt of it, makes the same. They hold
 * the id of the batch, so that a file which no snapshot names can be told from one of a batch that
 * is still running.
 */
final class FileNames {

  private FileNames() {}

  /**
   * @param batch its id
   */
  static OutputFileFactory of(Table table, String batch, FileFormat format) {
    return OutputFileFactory.builderFor(table, 0, 0)
        .operationId(batch + "-" + UUID.randomUUID())
        .format(format)
        .build();
  }
}
