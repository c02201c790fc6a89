package dev.firn.engine.ingest;

import dev.firn.engine.raw.RawFile;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.typing.EventReader;
import dev.firn.pipeline.ReadLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.iceberg.util.BinPacking.ListPacker;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Reads raw files on executors and folds their changes by key: small files are packed into tasks by
 * size, each task folds while it reads, and one shuffle combines the results. No change passes
 * through the driver.
 */
public final class RawReader {

  /** If changes and rejected records exceed this many bytes, files are not read on the driver. */
  private static final long MOST_HERE = 16L << 20;

  /** Estimated bytes of an object in addition to its content. */
  private static final long OBJECT = 1 << 10;

  /** Compressed bytes that a task reads; decompressed they are about ten times as many. */
  private static final long TASK_BYTES = 8L << 20;

  /** The cost of opening a file, in bytes that could be read in the same time. */
  private static final long OPENING = 128L << 10;

  private final JavaSparkContext spark;
  private final String root;
  private final EventReader table;
  private final RecordFormat format;
  private final ReadLimits limits;

  public RawReader(
      JavaSparkContext spark,
      String root,
      EventReader table,
      RecordFormat format,
      ReadLimits limits) {
    this.spark = spark;
    this.root = root;
    this.table = table;
    this.format = format;
    this.limits = limits;
  }

  /** The columns of the rows that are read. */
  public RowShape shape() {
    return table.shape();
  }

  /**
   * Reads a few small files immediately on the driver, without a task.
   *
   * @param most the limit on the compressed bytes of all files, including the cost of opening them
   * @return empty if the files exceed the limit, or contain too many changes
   */
  public Optional<List<Gathered>> readHere(List<RawFile> files, long most) {
    if (files.stream().mapToLong(file -> file.length() + OPENING).sum() > most) {
      return Optional.empty();
    }
    List<Gathered> read = new ArrayList<>();
    long bytes = 0;
    RecordReader records = records(isFirn(), format, table);
    try (TaskReader reader = open(files, root, spark.hadoopConfiguration(), limits, records)) {
      while (reader.hasNext()) {
        Gathered one = reader.next();
        read.add(one);
        bytes += size(one);
        if (bytes > MOST_HERE) {
          return Optional.empty();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read raw zone " + root, e);
    }
    return Optional.of(read);
  }

  private static long size(Gathered one) {
    if (one instanceof ReadChanges changes) {
      return changes.block().bytes();
    }
    return OBJECT + (one instanceof Rejection rejection ? rejection.payload().length() : 0);
  }

  private static TaskReader open(
      List<RawFile> files,
      String root,
      Configuration configuration,
      ReadLimits limits,
      RecordReader records)
      throws IOException {
    Path folder = new Path(root);
    Gunzip gunzip = new Gunzip(folder.getFileSystem(configuration), limits);
    return new TaskReader(gunzip, folder, files, records);
  }

  // Only the driver can compare them: after serialization a format is another object.
  private boolean isFirn() {
    return format == RecordFormat.FIRN;
  }

  private static RecordReader records(boolean isFirn, RecordFormat format, EventReader table) {
    return isFirn ? RecordReader.ofFirn(table) : RecordReader.of(format, table);
  }

  /** Distributes what {@link #readHere} has read. */
  public JavaRDD<Gathered> distribute(List<Gathered> read) {
    return spark.parallelize(read, 1);
  }

  /** Reads files, several small ones in one task. */
  public JavaRDD<Gathered> read(List<RawFile> files) {
    List<List<RawFile>> tasks = pack(files);
    Broadcast<EventReader> reader = spark.broadcast(table);
    Broadcast<Map<String, String>> hadoop = spark.broadcast(settings(spark.hadoopConfiguration()));
    RecordFormat records = format;
    boolean isFirn = isFirn();
    String folder = root;
    ReadLimits most = limits;
    return spark
        .parallelize(tasks, tasks.size())
        .flatMap(
            group ->
                readAll(
                    group, folder, hadoop.value(), most, records(isFirn, records, reader.value())));
  }

  /** Groups neighbouring files, as many as fill a task; one empty task if there are no files. */
  static List<List<RawFile>> pack(List<RawFile> files) {
    return files.isEmpty()
        ? List.of(files)
        : new ListPacker<RawFile>(TASK_BYTES, 1, false)
            .pack(files, file -> file.length() + OPENING);
  }

  private static Iterator<Gathered> readAll(
      List<RawFile> files,
      String root,
      Map<String, String> hadoop,
      ReadLimits limits,
      RecordReader records) {
    Configuration configuration = new Configuration(false);
    hadoop.forEach(configuration::set);
    try {
      return open(files, root, configuration, limits, records);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot open raw zone " + root, e);
    }
  }

  // Hadoop's Configuration is not serializable, and Spark's wrapper for it is not public.
  private static Map<String, String> settings(Configuration configuration) {
    return StreamSupport.stream(configuration.spliterator(), false)
        .collect(
            Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (first, second) -> second));
  }
}
