package dev.firn.etl.merge;

import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.table.MirrorTable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The result of a merge for one table.
 *
 * @param status in one word or one sentence: {@code merged}, {@code nothing pending}, or why it
 *     failed
 * @param files that were read, including the damaged ones
 * @param damagedFiles that were quarantined as a whole
 * @param unfitShapes records quarantined because the lake cannot store their columns
 * @param missingFiles that were listed, are missing now, and wait for a decision
 * @param notes what the operator should know as well: schema changes, damaged files
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
  static final String NOTHING_DUE = "nothing pending";
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

  /** A table that was just created and has no rows yet. */
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
        List.of("created the table; no row has arrived yet. Columns: " + table.columns()));
  }

  public Duration time() {
    return effort.time();
  }

  /** Adds the report of the table's next batch in the same run. */
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

  /** The operator has to decide about files, or about the columns of the table. */
  boolean isUndecided() {
    return damagedFiles > 0 || unfitShapes > 0 || missingFiles > 0;
  }
}
