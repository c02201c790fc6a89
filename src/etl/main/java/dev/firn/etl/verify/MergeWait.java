package dev.firn.etl.verify;

import dev.firn.console.DecisionException;
import dev.firn.contract.TableToken;
import dev.firn.etl.ingest.RawFile;
import dev.firn.etl.ingest.RawZone;
import dev.firn.etl.lake.LakeCatalog;
import dev.firn.etl.merge.MergeProgress;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Waits until the raw files that are there now are merged. Files that come later are not waited
 * for: what they hold is after the snapshot.
 */
final class MergeWait {

  private final LakeCatalog lake;
  private final RawZone raw;
  private final Duration lookBack;

  MergeWait(LakeCatalog lake, RawZone raw, Duration lookBack) {
    this.lake = lake;
    this.raw = raw;
    this.lookBack = lookBack;
  }

  /**
   * @throws DecisionException when they are not merged in time
   */
  void await(List<TableToken> tables, Patience patience) throws InterruptedException {
    Map<TableToken, Set<RawFile>> waiting = new LinkedHashMap<>();
    tables.forEach(table -> waiting.put(table, new HashSet<>(due(table))));
    boolean merged =
        patience.await(
            () -> isMerged(waiting), () -> "waiting for merge: due are " + counts(waiting));
    if (!merged) {
      throw new DecisionException(
          "Cannot verify: the lake is behind: raw files are not merged yet: " + counts(waiting),
          "Run firn merge and verify again.");
    }
  }

  private boolean isMerged(Map<TableToken, Set<RawFile>> waiting) {
    waiting.replaceAll((table, files) -> files.isEmpty() ? files : stillDue(table, files));
    return waiting.values().stream().allMatch(Set::isEmpty);
  }

  private Set<RawFile> stillDue(TableToken table, Set<RawFile> files) {
    return due(table).stream().filter(files::contains).collect(Collectors.toSet());
  }

  private List<RawFile> due(TableToken table) {
    return MergeProgress.of(lake, table, lookBack).due(raw, table);
  }

  private static String counts(Map<TableToken, Set<RawFile>> waiting) {
    return waiting.entrySet().stream()
        .filter(table -> !table.getValue().isEmpty())
        .map(table -> "%d of %s".formatted(table.getValue().size(), table.getKey()))
        .collect(Collectors.joining(", "));
  }
}
