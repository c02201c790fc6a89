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
 * Looks now and then whether captured tables have partitions whose changes are in no log: one that
 * is UNLOGGED, or a foreign table, never shows in the stream. One query each time, which waits for
 * no lock.
 */
final class PartitionWatch {

  static final Duration BETWEEN = Duration.ofSeconds(10);

  private final Source source;
  private final TableTroubles troubles;
  private final LongSupplier lsn;
  private final Map<Long, QualifiedName> captured;
  private long looked;

  /**
   * @param lsn of now, up to which changes are captured
   */
  PartitionWatch(Source source, TableTroubles troubles, LongSupplier lsn) {
    this.source = source;
    this.troubles = troubles;
    this.lsn = lsn;
    this.captured =
        source.snapshots().tables().entrySet().stream()
            .collect(Collectors.toMap(table -> table.getValue().oid(), Map.Entry::getKey));
  }

  /** Looks, where the last look is long ago. */
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
        "changes of partitions that are UNLOGGED or foreign tables are in no log: " + names,
        lsn.getAsLong());
  }
}
