package dev.firn.engine.direct;

import dev.firn.engine.scan.ScanFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.encryption.EncryptedOutputFile;
import org.apache.iceberg.io.DeleteWriteResult;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.PartitionMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * Writes which rows of data files are deleted. Format 3: deletion vectors for all files in one
 * Puffin file, merged with earlier deletes. Format 2: one position delete file for each partition.
 */
final class DeleteFiles {

  private static final int DELETION_VECTORS = 3;

  private final Table table;
  private final List<ScanFile> files;
  private final String batch;

  DeleteFiles(TaskInput work) {
    this.table = work.mirror();
    this.files = work.files();
    this.batch = work.batch();
  }

  /**
   * @param removed rows, by their file's place among the files
   */
  TaskOutput write(Map<Integer, RoaringBitmap> removed) {
    TaskOutput written = new TaskOutput();
    if (removed.isEmpty()) {
      return written;
    }
    removed.keySet().forEach(file -> written.referenced.add(files.get(file).location()));
    try {
      if (TableUtil.formatVersion(table) >= DELETION_VECTORS) {
        writeVectors(removed, written);
      } else {
        writePositions(removed, written);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write deletes of table " + table.name(), e);
    }
    return written;
  }

  private void writeVectors(Map<Integer, RoaringBitmap> removed, TaskOutput written)
      throws IOException {
    Map<String, List<DeleteFile>> earlier = new HashMap<>();
    removed.keySet().forEach(i -> earlier.put(files.get(i).location(), files.get(i).deletes()));
    BaseDeleteLoader loader = new BaseDeleteLoader(file -> table.io().newInputFile(file));
    BaseDVFileWriter vectors =
        new BaseDVFileWriter(
            names(FileFormat.PUFFIN), location -> previous(loader, location, earlier));
    try (vectors) {
      removed.forEach(
          (i, rows) -> {
            ScanFile file = files.get(i);
            PartitionSpec spec = table.specs().get(file.specId());
            rows.forEach((int row) -> vectors.delete(file.location(), row, spec, file.partition()));
          });
    }
    DeleteWriteResult result = vectors.result();
    written.deletes.addAll(result.deleteFiles());
    written.replaced.addAll(result.rewrittenDeleteFiles());
  }

  // Iceberg passes null for a file that has no earlier deletes.
  private static PositionDeleteIndex previous(
      BaseDeleteLoader loader, String location, Map<String, List<DeleteFile>> earlier) {
    List<DeleteFile> deletes = earlier.getOrDefault(location, List.of());
    return deletes.isEmpty() ? null : loader.loadPositionDeletes(deletes, location);
  }

  private void writePositions(Map<Integer, RoaringBitmap> removed, TaskOutput written)
      throws IOException {
    PartitionMap<List<Integer>> partitions = PartitionMap.create(table.specs());
    for (int i : removed.keySet()) {
      ScanFile file = files.get(i);
      partitions.computeIfAbsent(file.specId(), file.partition(), java.util.ArrayList::new).add(i);
    }
    OutputFileFactory names = names(FileFormat.PARQUET);
    for (List<Integer> partition : partitions.values()) {
      // Readers rely on the order of path and position.
      partition.sort(Comparator.comparing(i -> files.get(i).location()));
      written.deletes.add(writePartition(names, partition, removed));
    }
  }

  // In Iceberg 1.10 this is the only way to keep whole paths as bounds.
  @SuppressWarnings("deprecation")
  private DeleteFile writePartition(
      OutputFileFactory names, List<Integer> partition, Map<Integer, RoaringBitmap> removed)
      throws IOException {
    ScanFile first = files.get(partition.get(0));
    PartitionSpec spec = table.specs().get(first.specId());
    EncryptedOutputFile out =
        spec.isPartitioned() ? names.newOutputFile(spec, first.partition()) : names.newOutputFile();
    PositionDeleteWriter<Object> writer =
        Parquet.writeDeletes(out.encryptingOutputFile())
            .setAll(table.properties())
            .metricsConfig(MetricsConfig.forPositionDelete(table))
            .withSpec(spec)
            .withPartition(spec.isPartitioned() ? first.partition() : null)
            .overwrite()
            .buildPositionWriter();
    PositionDelete<Object> delete = PositionDelete.create();
    try (writer) {
      for (int i : partition) {
        removed.get(i).forEach((int row) -> writer.write(delete.set(files.get(i).location(), row)));
      }
    }
    return writer.toDeleteFile();
  }

  private OutputFileFactory names(FileFormat format) {
    return FileNames.of(table, batch, format);
  }
}
