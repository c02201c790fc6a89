package dev.firn.etl.verify;

import dev.firn.console.Failures;
import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.progress.TableProgress;
import dev.firn.engine.raw.RawFile;
import dev.firn.engine.raw.RawZone;
import dev.firn.etl.verify.TableVerdict.NotCompared;
import dev.firn.pipeline.SourceTable;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Waits, table by table, until the raw files that exist at the beginning are merged. It does not
 * wait for files that arrive later: their changes are after the snapshot. A table that is not
 * merged, or whose progress cannot be read, does not delay the others.
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
   * The results, in the order of the tables.
   *
   * @param merged computes the result of a table as soon as it is merged
   */
  List<TableVerdict> each(
      List<SourceTable> tables, Patience patience, Function<SourceTable, TableVerdict> merged)
      throws InterruptedException {
    List<Waiting> all = tables.stream().map(Waiting::new).toList();
    all.forEach(Waiting::look);
    patience.await(
        () -> areSettled(all, merged), () -> "waiting for merge: pending files: " + due(all));
    return all.stream().map(Waiting::result).toList();
  }

  // A comparison may take longer than the patience, and a table may be merged meanwhile. So the
  // tables that were skipped before are checked again before the time limit is.
  private static boolean areSettled(List<Waiting> all, Function<SourceTable, TableVerdict> merged) {
    long open = unsettled(all);
    long before;
    do {
      before = open;
      all.forEach(table -> table.settle(merged));
      open = unsettled(all);
    } while (open > 0 && open < before);
    return open == 0;
  }

  private static long unsettled(List<Waiting> all) {
    return all.stream().filter(table -> table.result == null).count();
  }

  private static String due(List<Waiting> tables) {
    return tables.stream()
        .filter(table -> table.result == null)
        .map(table -> table.files.size() + " of " + table.token)
        .collect(Collectors.joining(", "));
  }

  /** A table, and its raw files that are not merged yet. */
  private final class Waiting {

    private final SourceTable table;
    private final TableToken token;
    private Set<RawFile> files;
    private TableVerdict result;

    Waiting(SourceTable table) {
      this.table = table;
      this.token = table.token();
    }

    void look() {
      try {
        Set<RawFile> due = new HashSet<>(TableProgress.of(lake, token, lookBack).due(raw, token));
        if (files != null) {
          due.retainAll(files);
        }
        files = due;
      } catch (RuntimeException e) {
        result = new NotCompared(token, Failures.describe(e));
      }
    }

    void settle(Function<SourceTable, TableVerdict> merged) {
      if (result == null && !files.isEmpty()) {
        look();
      }
      if (result == null && files.isEmpty()) {
        result = merged.apply(table);
      }
    }

    TableVerdict result() {
      return result != null
          ? result
          : new NotCompared(
              token,
              "raw files are not merged yet: %s. Run 'firn merge', read its report about this table,"
                      .formatted(files.size())
                  + " and run verify again");
    }
  }
}
