package dev.firn.cdc.capture;

import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.TableTroubles;
import dev.firn.pipeline.QualifiedName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Checks periodically whether captured tables have partitions whose changes are not in the log: an
 * UNLOGGED partition or a foreign table never appears in the stream. Each check is one query that
 * waits for no lock.
 */
final class PartitionWatch {

  static final Duration BETWEEN = Duration.ofSeconds(10);

  private final Source source;
  private final TableTroubles troubles;
  private final LongSupplier lsn;
  private final Map<Long, QualifiedName> captured;
  private long looked;

  /**
   * @param lsn the LSN up to which changes are captured now
   */
  PartitionWatch(Source source, TableTroubles troubles, LongSupplier lsn) {
    this.source = source;
    this.troubles = troubles;
    this.lsn = lsn;
    this.captured =
        source.snapshots().tables().entrySet().stream()
            .collect(Collectors.toMap(table -> table.getValue().oid(), Map.Entry::getKey));
  }

  /** Checks if the last check is long enough ago. */
  void tick() {
    if (System.nanoTime() - looked >= BETWEEN.toNanos()) {
      look();
    }
  }

  void look() {
    looked = System.nanoTime();
    source
        .partitions()
        .withoutLog(captured.keySet())
        .forEach((table, partitions) -> doubt(captured.get(table), partitions));
  }

  private void doubt(QualifiedName table, List<QualifiedName> partitions) {
    String names =
        partitions.stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
    troubles.doubt(
        table,
        "changes of partitions that are UNLOGGED or foreign tables are not in the log: " + names,
        lsn.getAsLong());
  }
}
