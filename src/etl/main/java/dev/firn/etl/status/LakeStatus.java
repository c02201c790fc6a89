package dev.firn.etl.status;

import dev.firn.contract.TableToken;
import dev.firn.engine.attention.AttentionStore;
import dev.firn.engine.attention.RefusedFiles;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.progress.BatchHistory;
import dev.firn.engine.progress.TableProgress;
import dev.firn.engine.raw.RawListing;
import dev.firn.engine.raw.RawZone;
import dev.firn.etl.status.TableStatus.LastBatch;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Reads the state of every table from the lake and the raw zone, using only metadata and listings.
 */
final class LakeStatus {

  private final PipelineConfig config;
  private final Configuration hadoop;

  LakeStatus(PipelineConfig config, Configuration hadoop) {
    this.config = config;
    this.hadoop = hadoop;
  }

  /** The tables in the order of the configuration, followed by those of other producers. */
  List<TableStatus> read() {
    RawZone raw = new RawZone(config.raw(), hadoop);
    try (LakeCatalog lake = new LakeCatalog(config.lake(), hadoop)) {
      Map<String, Long> quarantined = quarantined(lake);
      return tokens()
          .map(token -> table(lake, raw, token, quarantined.getOrDefault(token.value(), 0L)))
          .toList();
    }
  }

  /** Files of the raw zone that belong to no table. */
  List<String> passedOver() {
    return new RawZone(config.raw(), hadoop).folders(config.foreignTables()).passedOver();
  }

  /** Files of records that were never placed in a table's folder. */
  List<String> refusedFiles() {
    return new RawZone(config.raw(), hadoop).refusedFiles(RefusedFiles.COUNTED);
  }

  private Stream<TableToken> tokens() {
    return Stream.concat(
            config.source().tables().stream().map(SourceTable::token),
            config.foreignTables().stream())
        .distinct();
  }

  private TableStatus table(LakeCatalog lake, RawZone raw, TableToken token, long quarantined) {
    TableProgress progress = TableProgress.of(lake, token, config.merge().lookBack());
    Predicate<String> days = progress.days(token);
    RawListing listing = raw.list(token, days);
    return new TableStatus(
        token,
        lastBatch(lake, token),
        progress.due(listing).size(),
        quarantined,
        new AttentionStore(lake, token).read().passingOver(listing.passedOver(), days.negate()));
  }

  // A snapshot without a batch is a compaction, or comes from another tool.
  private static Optional<LastBatch> lastBatch(LakeCatalog lake, TableToken token) {
    if (!lake.exists(lake.mirror(token))) {
      return Optional.empty();
    }
    BatchHistory history = BatchHistory.of(lake.load(lake.mirror(token)));
    return history
        .snapshot()
        .map(
            snapshot ->
                new LastBatch(
                    history.batch(),
                    Instant.ofEpochMilli(snapshot.timestampMillis()),
                    snapshot.summary()));
  }

  /**
   * Quarantined records by table. This is the only data that is read: one column of a small table.
   */
  private static Map<String, Long> quarantined(LakeCatalog lake) {
    Map<String, Long> counts = new HashMap<>();
    if (!lake.exists(lake.quarantine())) {
      return counts;
    }
    try (CloseableIterable<Record> records =
        IcebergGenerics.read(lake.load(lake.quarantine())).select("table_name").build()) {
      for (Record one : records) {
        counts.merge(String.valueOf(one.getField("table_name")), 1L, Long::sum);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read quarantine", e);
    }
    return counts;
  }
}
