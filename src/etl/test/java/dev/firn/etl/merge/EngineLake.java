package dev.firn.etl.merge;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.firn.contract.Position;
import dev.firn.contract.TableToken;
import dev.firn.engine.batch.MergeEngine;
import dev.firn.engine.direct.DirectEngine;
import dev.firn.engine.direct.PartSizes;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.progress.BatchHistory;
import dev.firn.engine.progress.ProgressKeys;
import dev.firn.engine.progress.TableProgress;
import dev.firn.engine.raw.RawZone;
import dev.firn.engine.sql.SqlEngine;
import dev.firn.engine.table.MirrorTable;
import dev.firn.engine.table.TargetTable;
import dev.firn.engine.table.Tombstones;
import dev.firn.engine.testing.TestLake;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.TableConfig;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateProperties;
import org.apache.spark.sql.Row;

/** One table merged by one engine, and everything that a reader can see of it. */
final class EngineLake {

  private static final String IN_SMALL_PARTS = "direct in small parts";

  /**
   * Sizes with which a few rows need several slices, and are shuffled by buckets if there are any.
   */
  private static final PartSizes SMALL_PARTS = new PartSizes(2_000, 1_000, 2);

  /** The engines that must agree. */
  static final Map<String, Function<MergeContext, MergeEngine>> ENGINES =
      new TreeMap<>(
          Map.of(
              "sql",
              context -> new SqlEngine(context.spark(), context.lake()),
              "direct",
              context -> new DirectEngine(context.spark(), context.lake()),
              IN_SMALL_PARTS,
              context -> new DirectEngine(context.spark(), context.lake(), SMALL_PARTS)));

  private final TestLake lake;
  private final TableToken token;
  private final MergeContext context;
  private final Function<MergeContext, MergeEngine> engine;

  /**
   * @param engine one of {@link #ENGINES}
   * @param properties the table is made with
   */
  EngineLake(String engine, TestLake lake, TableToken token, Map<String, String> properties) {
    this(engine, lake, token, properties, Clock.systemUTC());
  }

  EngineLake(
      String engine, TestLake lake, TableToken token, Map<String, String> properties, Clock clock) {
    this.lake = lake;
    this.token = token;
    Configuration hadoop = lake.spark().sparkContext().hadoopConfiguration();
    PipelineConfig plain = config(lake, token, properties);
    PipelineConfig config = engine.equals(IN_SMALL_PARTS) ? Options.byTasks(plain) : plain;
    this.context =
        new MergeContext(
            lake.spark(),
            config,
            lake.catalog(),
            new RawZone(config.raw(), hadoop),
            clock,
            MergeListener.NONE);
    this.engine = ENGINES.get(engine);
    // As a merge job does: "Id" and id are two columns.
    lake.spark().conf().set("spark.sql.caseSensitive", "true");
    context.quarantine().createIfMissing();
  }

  private static PipelineConfig config(
      TestLake lake, TableToken token, Map<String, String> properties) {
    // The merge never connects to it.
    PipelineConfig plain =
        lake.pipeline(new TestDatabase("jdbc:postgresql://nowhere/db"), "public.sales");
    TableConfig table = new TableConfig(Set.of(), Map.of(), properties, Optional.empty());
    return new PipelineConfig(
        plain.source(),
        plain.stream(),
        plain.raw(),
        plain.lake(),
        Map.of(token.value(), table),
        plain.merge(),
        plain.delivery());
  }

  /** Merges the pending files. */
  TableReport merge() {
    return new TableMerge(context, token, engine.apply(context)).run();
  }

  /** Merges the pending files of all hour folders. */
  TableReport sweep() {
    MergeOrder order = new MergeOrder(Set.of(token), Optional.of(Duration.ZERO), Set.of());
    return new TableMerge(context.doing(order), token, engine.apply(context)).run();
  }

  /**
   * Merges one batch after the other.
   *
   * @param files of one
   * @param before called before each is published
   */
  TableReport mergeInBatches(int files, Runnable before) {
    MergeContext small = context.inBatchesOf(files);
    MergeEngine real = engine.apply(small);
    MergeEngine watched =
        (target, batch, commit, phases) -> {
          before.run();
          return real.stage(target, batch, commit, phases);
        };
    return new TableMerge(small, token, watched).run();
  }

  /** Expires all tombstones, as a batch does with those whose retention has passed. */
  void forget() {
    if (!lake.catalog().exists(lake.catalog().tombstones(token))) {
      return;
    }
    MirrorTable target = TargetTable.open(lake.catalog(), token, List.of(), Map.of()).mirror();
    Tombstones tombstones = new Tombstones(lake.catalog(), target);
    Instant day = Instant.parse("2100-01-01T00:00:00Z");
    Position highest = tombstones.highestBefore(lake.spark(), day);
    Position before = TableProgress.of(lake.catalog(), token, Duration.ZERO).forgottenBelow();
    table()
        .updateProperties()
        .set(ProgressKeys.FORGOTTEN_BELOW, Position.later(before, highest).toString())
        .commit();
    tombstones.forget(day);
  }

  /**
   * Removes the records that an earlier version of Firn did not have: it kept its progress only in
   * the summaries.
   */
  void makeEarlier() throws IOException {
    Table table = table();
    UpdateProperties update = table.updateProperties();
    table.properties().keySet().stream()
        .filter(name -> name.startsWith("firn.") && !name.equals(TargetTable.SOURCE_PROPERTY))
        .forEach(update::remove);
    update.commit();
    Path manifest = manifests().resolve(BatchHistory.of(table).batch() + ".json");
    ObjectMapper json = new ObjectMapper();
    ObjectNode node = (ObjectNode) json.readTree(manifest.toFile());
    node.remove("reached");
    json.writeValue(manifest.toFile(), node);
    // Hadoop's checksum of what it wrote itself.
    Files.delete(manifest.resolveSibling("." + manifest.getFileName() + ".crc"));
  }

  /** The folder of the table's manifests. */
  Path manifests() {
    return Path.of(
        lake.config().warehouse(), lake.config().ownDatabase(), "batches", token.lakeName());
  }

  /** Rewrites all files into new ones. */
  void compact() {
    befall(Upheaval.COMPACTION, new Random(0));
  }

  /** Expires every snapshot but the newest. */
  void expire() {
    Table table = table();
    table
        .expireSnapshots()
        .expireOlderThan(System.currentTimeMillis() + Duration.ofHours(1).toMillis())
        .retainLast(1)
        .commit();
  }

  /** Quarantined records whose keys could not be judged. */
  List<String> olderThanMemory() {
    return lake
        .query(
            "SELECT file FROM %s WHERE reason LIKE 'older-than-memory%%' ORDER BY file"
                .formatted(LakeCatalog.sqlName(lake.catalog().quarantine())))
        .stream()
        .map(row -> row.getString(0))
        .toList();
  }

  void befall(Upheaval upheaval, Random random) {
    upheaval.befall(table(), lake.spark(), random);
  }

  Table table() {
    return lake.catalog().load(lake.catalog().mirror(token));
  }

  /**
   * The rows in the format of {@link MergeOracle#rows()}; null in columns that do not exist yet.
   */
  List<String> rows(List<String> columns) {
    return lake.query("SELECT * FROM " + lake.table(token.value())).stream()
        .map(
            row ->
                MirrorRow.text(
                    texts(row, columns),
                    position(row),
                    row.<Instant>getAs(RowMetadata.COMMITTED_AT),
                    older(row)))
        .sorted()
        .toList();
  }

  /** The newest tombstone of each key. */
  Map<String, String> tombstones(List<String> key) {
    Map<String, MergeOracle.Tombstone> newest = new TreeMap<>();
    if (lake.catalog().exists(lake.catalog().tombstones(token))) {
      String table = LakeCatalog.sqlName(lake.catalog().tombstones(token));
      for (Row row : lake.query("SELECT * FROM " + table)) {
        newest.merge(
            texts(row, key).toString(),
            new MergeOracle.Tombstone(position(row), row.<Instant>getAs(RowMetadata.COMMITTED_AT)),
            (one, two) -> one.at().isAfter(two.at()) ? one : two);
      }
    }
    Map<String, String> texts = new TreeMap<>();
    newest.forEach((one, tombstone) -> texts.put(one, tombstone.toString()));
    return texts;
  }

  Position truncatedAt() {
    return TableProgress.of(lake.catalog(), token, Duration.ZERO).truncatedAt();
  }

  private static List<String> texts(Row row, List<String> columns) {
    List<String> fields = Arrays.asList(row.schema().fieldNames());
    return columns.stream()
        .map(fields::indexOf)
        .map(field -> field < 0 ? LakeText.NULL : LakeText.of(row, field))
        .toList();
  }

  private static Position position(Row row) {
    return new Position(
        row.<Integer>getAs(RowMetadata.EPOCH),
        row.<Long>getAs(RowMetadata.LSN),
        row.<Long>getAs(RowMetadata.SEQ));
  }

  private static Map<String, String> older(Row row) {
    int field = Arrays.asList(row.schema().fieldNames()).indexOf(RowMetadata.UNCHANGED);
    Map<String, String> older = new TreeMap<>();
    if (field >= 0 && !row.isNullAt(field)) {
      row.<String, Row>getJavaMap(field)
          .forEach((column, at) -> older.put(column, position(at).toString()));
    }
    return older;
  }
}
