package dev.firn.etl.ingest;

import dev.firn.etl.row.RowShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Reads raw files in executors and folds what they hold by key: small files are packed into tasks
 * by size, each task folds as it reads, one shuffle brings the rest together. The driver sees none
 * of it.
 */
public final class RawReader {

  /** Compressed bytes a task reads; about ten times as much is expanded. */
  private static final long TASK_BYTES = 8L << 20;

  /** What opening a file costs, in bytes that could be read meanwhile. */
  private static final long OPENING = 128L << 10;

  private final JavaSparkContext spark;
  private final String root;
  private final TableReader table;
  private final RecordFormat format;

  public RawReader(JavaSparkContext spark, String root, TableReader table, RecordFormat format) {
    this.spark = spark;
    this.root = root;
    this.table = table;
    this.format = format;
  }

  /** The columns of the rows that are read. */
  public RowShape shape() {
    return table.shape();
  }

  /** Reads files, several small ones in one task. */
  public JavaRDD<Gathered> read(List<RawFile> files) {
    List<List<RawFile>> tasks = pack(files);
    Broadcast<TableReader> reader = spark.broadcast(table);
    Broadcast<Map<String, String>> hadoop = spark.broadcast(settings(spark.hadoopConfiguration()));
    RecordFormat records = format;
    boolean isFirn = format == RecordFormat.FIRN;
    String folder = root;
    return spark
        .parallelize(tasks, tasks.size())
        .flatMap(
            group ->
                readAll(
                    group,
                    folder,
                    isFirn
                        ? RecordReader.ofFirn(reader.value())
                        : RecordReader.of(records, reader.value()),
                    hadoop.value()));
  }

  static List<List<RawFile>> pack(List<RawFile> files) {
    List<List<RawFile>> tasks = new ArrayList<>();
    List<RawFile> task = new ArrayList<>();
    long bytes = 0;
    for (RawFile file : files) {
      if (!task.isEmpty() && bytes + file.length() + OPENING > TASK_BYTES) {
        tasks.add(task);
        task = new ArrayList<>();
        bytes = 0;
      }
      task.add(file);
      bytes += file.length() + OPENING;
    }
    tasks.add(task);
    return tasks;
  }

  private static Iterator<Gathered> readAll(
      List<RawFile> files, String root, RecordReader records, Map<String, String> hadoop) {
    Configuration configuration = new Configuration(false);
    hadoop.forEach(configuration::set);
    Path folder = new Path(root);
    try {
      return new RawFilesReader(folder.getFileSystem(configuration), folder, files, records);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open raw zone " + root, e);
    }
  }

  // Hadoop's Configuration is not serializable, and Spark's wrapper of it is not public.
  private static Map<String, String> settings(Configuration configuration) {
    return StreamSupport.stream(configuration.spliterator(), false)
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> second));
  }
}
