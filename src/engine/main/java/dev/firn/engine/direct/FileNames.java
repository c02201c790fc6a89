package dev.firn.engine.direct;

import java.util.UUID;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.OutputFileFactory;

/**
 * Generates names for new files, unique for each task attempt. A name contains the id of the batch,
 * so that an orphan file can be distinguished from a file of a batch that is still running.
 */
final class FileNames {

  private FileNames() {}

  /**
   * @param batch the id of the batch
   */
  static OutputFileFactory of(Table table, String batch, FileFormat format) {
    return OutputFileFactory.builderFor(table, 0, 0)
        .operationId(batch + "-" + UUID.randomUUID())
        .format(format)
        .build();
  }
}
