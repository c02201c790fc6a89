package dev.firn.etl.merge;

import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.table.MirrorTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a merge did to one table.
 *
 * @param status in one word or one sentence: {@code merged}, {@code nothing due}, or why it failed
 * @param files read, the damaged ones among them
 * @param damagedFiles in quarantine as a whole
 * @param unfitShapes records in quarantine because the lake cannot take the columns they have
 * @param missingFiles that were listed, and are gone, and nobody decided about
 * @param notes what a person should know besides: schema changes, damaged files
 */
public record TableReport(
    String table,
    String status,
    int files,
    int damagedFiles,
    long unfitShapes,
    int missingFiles,
    EventCounts counts,
    Effort effort,
    List<String> notes) {

  static final String MERGED = "merged";
  static final String NOTHING_DUE = "nothing due";
  static final String MADE = "made";

  public TableReport {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(status, "status");
    notes = List.copyOf(notes);
  }

  static TableReport nothingDue(String table) {
    return new TableReport(
        table, NOTHING_DUE, 0, 0, 0, 0, EventCounts.NONE, Effort.NONE, List.of());
  }

  /** A table that is new and has no rows so far. */
  static TableReport made(MirrorTable table) {
    return new TableReport(
        table.token().value(),
        MADE,
        0,
        0,
        0,
        0,
        EventCounts.NONE,
        Effort.NONE,
        List.of("made the table, no row of it has come so far: " + table.columns()));
  }

  public Duration time() {
    return effort.time();
  }

  /** The table's next batch in the same run. */
  TableReport plus(TableReport next) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(next.notes);
    return new TableReport(
        table,
        next.status.equals(NOTHING_DUE) ? status : next.status,
        files + next.files,
        damagedFiles + next.damagedFiles,
        unfitShapes + next.unfitShapes,
        missingFiles + next.missingFiles,
        counts.plus(next.counts),
        effort.plus(next.effort),
        all);
  }

  TableReport noting(List<String> more, int missing) {
    List<String> all = new ArrayList<>(notes);
    all.addAll(more);
    return new TableReport(
        table, status, files, damagedFiles, unfitShapes, missing, counts, effort, all);
  }

  /** Somebody has to decide about files, or about the columns of the table. */
  boolean isUndecided() {
    return damagedFiles > 0 || unfitShapes > 0 || missingFiles > 0;
  }
}
