package dev.firn.etl.merge;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How many judged rows there are of each outcome, and how many events they were folded from. */
final class Outcomes {

  private static final Set<String> APPLIED =
      Set.of("insert", "update", "complete", "delete", "remember");

  /** Of one outcome. */
  private record Tally(long rows, long events, long newest) {}

  private final Map<String, Tally> tallies = new HashMap<>();

  private Outcomes() {}

  static Outcomes of(Dataset<Row> judged) {
    Outcomes outcomes = new Outcomes();
    judged
        .groupBy(MergeSql.OUTCOME)
        .agg(
            functions.count(functions.lit(1)),
            functions.sum(StagedRows.EVENTS),
            functions.sum(StagedRows.NEWEST))
        .collectAsList()
        .forEach(
            row ->
                outcomes.tallies.put(
                    row.getString(0), new Tally(row.getLong(1), row.getLong(2), row.getLong(3))));
    return outcomes;
  }

  /** Judged rows of any of these outcomes. */
  long rows(String... outcomes) {
    return Stream.of(outcomes)
        .map(tallies::get)
        .filter(tally -> tally != null)
        .mapToLong(Tally::rows)
        .sum();
  }

  /**
   * Of each row's events the newest has the row's outcome; those of the same position are
   * duplicates of it, and all older ones are superseded.
   */
  Counts counts() {
    return tallies.entrySet().stream()
        .map(entry -> counts(entry.getKey(), entry.getValue()))
        .reduce(Counts.NONE, Counts::plus);
  }

  private static Counts counts(String outcome, Tally tally) {
    long older = tally.events() - tally.newest();
    long again = tally.newest() - tally.rows();
    if (APPLIED.contains(outcome)) {
      return new Counts(tally.rows(), older, again, 0);
    }
    return outcome.equals("duplicate")
        ? new Counts(0, older, tally.newest(), 0)
        : new Counts(0, older + tally.newest(), 0, 0);
  }
}
