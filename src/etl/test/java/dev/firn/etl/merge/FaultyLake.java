package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.ChangeEvent;
import dev.firn.engine.batch.MergeEngine;
import dev.firn.engine.batch.UnpublishedBatch;
import dev.firn.engine.direct.DirectEngine;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.lake.WrappedTables;
import dev.firn.engine.progress.SummaryKeys;
import dev.firn.engine.raw.RawZone;
import dev.firn.engine.sql.SqlEngine;
import dev.firn.engine.testing.AwsExtension.Emulator;
import dev.firn.engine.testing.FaultyOperations;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import dev.firn.pipeline.LakeConfig;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.TableConfig;
import dev.firn.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.ContentScanTask;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.aws.s3.S3FileIO;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.SupportsPrefixOperations;
import org.apache.spark.sql.SparkSession;

/**
 * The table {@code sales} in a lake whose catalog runs an action of the test at a moment of a
 * merge.
 */
final class FaultyLake {

  /** The moment of the action. */
  enum Moment {
    /** After the files of a batch are written. */
    STAGED,
    /** Before the commit that moves the main branch. */
    COMMITS,
    /** After that commit. */
    COMMITTED,
    /** When the table's state is read. */
    LOOKED_UP
  }

  private final SparkSession spark;
  private final RawFiles raw;
  private final PipelineConfig config;
  private final LakeCatalog sound;
  private final MergeContext context;
  private final Function<MergeContext, MergeEngine> engine;
  private final Map<Moment, Runnable> faults = new EnumMap<>(Moment.class);

  private FaultyLake(
      TestLake lake,
      SparkSession spark,
      LakeConfig target,
      Map<String, String> catalog,
      Function<MergeContext, MergeEngine> engine) {
    this.spark = spark;
    this.engine = engine;
    this.raw = new RawFiles(lake.raw());
    // The merge never connects to it.
    PipelineConfig plain =
        lake.pipeline(new TestDatabase("jdbc:postgresql://nowhere/db"), "public.sales");
    this.config =
        new PipelineConfig(
            plain.source(),
            plain.stream(),
            plain.raw(),
            target,
            Map.of("sales", options()),
            plain.merge(),
            plain.delivery());
    this.sound = WrappedTables.lake(target, catalog, operations -> operations);
    this.context = context(WrappedTables.lake(target, catalog, this::faulty));
    spark.conf().set("spark.sql.caseSensitive", "true");
    sound.createDatabases();
    context.quarantine().createIfMissing();
    raw.schema(Sales.SCHEMA);
  }

  static FaultyLake of(TestLake lake, Function<MergeContext, MergeEngine> engine) {
    return new FaultyLake(
        lake, lake.spark(), lake.config(), LakeCatalog.properties(lake.config()), engine);
  }

  static FaultyLake onGlue(
      TestLake lake, Emulator aws, Function<MergeContext, MergeEngine> engine) {
    return onGlue(lake, aws, aws.environment().get("AWS_ENDPOINT_URL"), engine);
  }

  static FaultyLake onGlue(
      TestLake lake, Emulator aws, String glue, Function<MergeContext, MergeEngine> engine) {
    String name = lake.config().database().replace('_', '-');
    LakeConfig target =
        new LakeConfig(LakeConfig.GLUE, lake.config().database(), "s3://" + name + "/warehouse");
    Map<String, String> catalog = aws.catalog(target.warehouse());
    catalog.putAll(LakeCatalog.properties(target));
    catalog.put("glue.endpoint", glue);
    try (S3FileIO files = new S3FileIO()) {
      files.initialize(catalog);
      files.client().createBucket(bucket -> bucket.bucket(name));
    }
    SparkSession session = lake.spark().newSession();
    catalog.forEach(
        (key, value) ->
            session.conf().set("spark.sql.catalog." + LakeCatalog.NAME + "." + key, value));
    return new FaultyLake(lake, session, target, catalog, engine);
  }

  // Iceberg tries again by itself: without the pauses that a test would have to wait for.
  private static TableConfig options() {
    Map<String, String> properties =
        Map.of("commit.retry.min-wait-ms", "1", "commit.retry.max-wait-ms", "1");
    return new TableConfig(Set.of(), Map.of(), properties, Optional.empty());
  }

  static MergeEngine direct(MergeContext context) {
    return new DirectEngine(context.spark(), context.lake());
  }

  static MergeEngine sql(MergeContext context) {
    return new SqlEngine(context.spark(), context.lake());
  }

  private MergeContext context(LakeCatalog lake) {
    Configuration hadoop = spark.sparkContext().hadoopConfiguration();
    return new MergeContext(
        spark,
        config,
        lake,
        new RawZone(config.raw(), hadoop),
        Clock.systemUTC(),
        MergeListener.NONE);
  }

  private TableOperations faulty(TableOperations real) {
    if (real.current().schema().findField("note") == null) {
      // The tombstones.
      return real;
    }
    return new FaultyOperations(real)
        .beforePublication(() -> befall(Moment.COMMITS))
        .afterPublication(() -> befall(Moment.COMMITTED))
        .beforeEachLookUp(() -> befall(Moment.LOOKED_UP));
  }

  private void befall(Moment moment) {
    faults.getOrDefault(moment, () -> {}).run();
  }

  /** Runs an action the next time a batch reaches this moment. */
  void next(Moment moment, Runnable fault) {
    faults.put(
        moment,
        () -> {
          faults.remove(moment);
          fault.run();
        });
  }

  void always(Moment moment, Runnable fault) {
    faults.put(moment, fault);
  }

  void calm() {
    faults.clear();
  }

  void file(ChangeEvent... events) {
    raw.file(events);
  }

  /** A file with one record that cannot be read. */
  void badFile(ChangeEvent placedAs) {
    raw.file(placedAs, RawFiles.gzip("not json\n".getBytes(StandardCharsets.UTF_8)));
  }

  TableReport merge() {
    MergeEngine real = engine.apply(context);
    MergeEngine watched =
        (target, batch, commit, phases) -> {
          UnpublishedBatch staged = real.stage(target, batch, commit, phases);
          befall(Moment.STAGED);
          return staged;
        };
    return new TableMerge(context, Sales.TOKEN, watched).run();
  }

  void mergeOrFail() {
    try {
      merge();
    } catch (RuntimeException e) {
      // Only the resulting table matters.
    }
  }

  /** Merges the pending files in a run without faults. */
  void mergeByAnotherRun() {
    MergeContext other = context(sound);
    new TableMerge(other, Sales.TOKEN, engine.apply(other)).run();
  }

  void assertRows(String... rows) {
    String table = LakeCatalog.sqlName(sound.mirror(Sales.TOKEN));
    List<String> found =
        spark.sql("SELECT id, qty, note FROM " + table + " ORDER BY id").collectAsList().stream()
            .map(row -> row.mkString("|"))
            .toList();
    assertEquals(List.of(rows), found);
  }

  /** The newest tombstone of each key: {@code 7@30}. */
  Set<String> tombstones() {
    String table = LakeCatalog.sqlName(sound.tombstones(Sales.TOKEN));
    return new TreeSet<>(texts("SELECT concat(id, '@', max(_lsn)) FROM " + table + " GROUP BY id"));
  }

  /** The batch of each entry, one a record. */
  List<String> quarantine() {
    return texts("SELECT batch_id FROM " + LakeCatalog.sqlName(sound.quarantine()));
  }

  /** The batches that are in the table. */
  Set<String> batches() {
    return StreamSupport.stream(table().snapshots().spliterator(), false)
        .map(snapshot -> snapshot.summary().getOrDefault(SummaryKeys.BATCH, ""))
        .collect(Collectors.toSet());
  }

  Table table() {
    return sound.load(sound.mirror(Sales.TOKEN));
  }

  private List<String> texts(String sql) {
    return spark.sql(sql).collectAsList().stream().map(row -> row.getString(0)).toList();
  }

  /** Files of rows, deletes and tombstones that a snapshot references and that do not exist. */
  Set<String> missingFiles() {
    Set<String> missing = named();
    missing.removeAll(stored());
    return missing;
  }

  /** Files that exist and that no snapshot references. */
  Set<String> strayFiles() {
    Set<String> stray = stored();
    stray.removeAll(named());
    return stray;
  }

  private List<Table> tables() {
    return List.of(sound.mirror(Sales.TOKEN), sound.tombstones(Sales.TOKEN)).stream()
        .filter(sound::exists)
        .map((TableIdentifier table) -> sound.load(table))
        .toList();
  }

  private Set<String> named() {
    Set<String> named = new TreeSet<>();
    for (Table table : tables()) {
      for (Snapshot snapshot : table.snapshots()) {
        for (FileScanTask task : table.newScan().useSnapshot(snapshot.snapshotId()).planFiles()) {
          named.add(path(task));
          task.deletes().stream()
              .map(ContentFile::location)
              .map(FaultyLake::path)
              .forEach(named::add);
        }
      }
    }
    return named;
  }

  private Set<String> stored() {
    return tables().stream()
        .flatMap(
            table ->
                StreamSupport.stream(
                    ((SupportsPrefixOperations) table.io())
                        .listPrefix(table.location() + "/data/")
                        .spliterator(),
                    false))
        .map(FileInfo::location)
        .map(FaultyLake::path)
        .filter(location -> !location.endsWith(".crc"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String path(ContentScanTask<?> task) {
    return path(task.file().location());
  }

  private static String path(String location) {
    return location.replaceFirst("^file:/*", "/");
  }
}
