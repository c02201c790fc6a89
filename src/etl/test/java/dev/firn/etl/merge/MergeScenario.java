package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.SchemaDocument;
import dev.firn.engine.batch.MergeEngine;
import dev.firn.engine.batch.UnpublishedBatch;
import dev.firn.engine.raw.RawZone;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** One table, merged from files the test writes. */
final class MergeScenario {

  private final TestLake lake;
  private final RawFiles raw;
  private final PipelineConfig config;

  MergeScenario(TestLake lake) {
    this(lake, Sales.SCHEMA);
  }

  MergeScenario(TestLake lake, SchemaDocument schema) {
    this(lake, schema, UnaryOperator.identity());
  }

  /** A scenario of the same lake that continues with the table under another configuration. */
  MergeScenario(TestLake lake, SchemaDocument schema, UnaryOperator<PipelineConfig> options) {
    this.lake = lake;
    this.raw = new RawFiles(lake.raw());
    // The merge never connects to it.
    this.config =
        options.apply(
            lake.pipeline(new TestDatabase("jdbc:postgresql://nowhere/db"), "public.sales"));
    raw.schema(schema);
  }

  RawFiles raw() {
    return raw;
  }

  TestLake lake() {
    return lake;
  }

  PipelineConfig config() {
    return config;
  }

  MergeScenario file(ChangeEvent... events) {
    raw.file(events);
    return this;
  }

  /** Merges; the table must succeed. */
  TableReport merge() {
    TableResult result = mergeAny();
    result
        .failure()
        .ifPresent(
            failure -> {
              throw new IllegalStateException(failure);
            });
    return result.report();
  }

  /** Merges while another tool rewrites the table, once, after the batch was staged. */
  TableReport mergeBesideACompaction() {
    Configuration hadoop = lake.spark().sparkContext().hadoopConfiguration();
    RawZone zone = new RawZone(config.raw(), hadoop);
    MergeContext context =
        new MergeContext(
            lake.spark(), config, lake.catalog(), zone, Clock.systemUTC(), MergeListener.NONE);
    AtomicBoolean done = new AtomicBoolean();
    MergeEngine overtaken =
        (target, batch, commit, phases) -> {
          UnpublishedBatch staged =
              context.engine(Sales.TOKEN).stage(target, batch, commit, phases);
          if (!done.getAndSet(true)) {
            lake.catalog().load(lake.catalog().mirror(Sales.TOKEN)).newAppend().commit();
          }
          return staged;
        };
    TableReport report = new TableMerge(context, Sales.TOKEN, overtaken).run();
    assertTrue(done.get(), "the compaction ran");
    return report;
  }

  TableResult mergeAny() {
    return mergeAny(MergeOrder.of(Set.of(Sales.TOKEN)), MergeListener.NONE);
  }

  TableResult mergeAny(MergeOrder order, MergeListener listener) {
    try {
      return new MergeJob(lake.spark(), config, Clock.systemUTC(), listener).run(order).get(0);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The rows of the lake's table as texts, {@code 1|5|note}, in the order of their ids. */
  List<String> rows() {
    return lake.query("SELECT id, qty, note FROM " + lake.table("sales") + " ORDER BY id").stream()
        .map(row -> row.mkString("|"))
        .toList();
  }

  /** So the next merge reads everything again. */
  void loseManifests() {
    Path batches = Path.of(lake.config().warehouse(), lake.config().ownDatabase(), "batches");
    try (Stream<Path> files = Files.walk(batches)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
