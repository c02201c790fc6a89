package dev.firn.etl.verify;

import dev.firn.console.ExitCode;
import dev.firn.console.TextTable;
import dev.firn.etl.verify.TableComparison.Differences;
import dev.firn.etl.verify.TableComparison.Outcome;
import dev.firn.source.Lsn;
import java.util.List;

/**
 * What a verification found.
 *
 * @param lsn the position both sides were compared at
 */
public record VerifyReport(List<TableResult> tables, long lsn) {

  public VerifyReport {
    tables = List.copyOf(tables);
  }

  public int exitCode() {
    return different() == 0 ? ExitCode.DONE : ExitCode.DECISION;
  }

  /** The table, the keys that differ, and the verdict in the last line. */
  public String render() {
    TextTable table =
        new TextTable("table", "rows in PostgreSQL", "rows in the lake", "checksum", "equal");
    tables.forEach(result -> row(table, result));
    StringBuilder out = new StringBuilder(table.render());
    tables.forEach(result -> details(out, result));
    return out.append(verdict()).append('\n').toString();
  }

  private static void row(TextTable table, TableResult result) {
    if (result.outcome().isEmpty()) {
      table.row(result.table(), "", "", "", "change log");
      return;
    }
    Outcome outcome = result.outcome().get();
    table.row(
        result.table(),
        outcome.source().rows(),
        outcome.lake().rows(),
        "%08x".formatted((int) (outcome.source().sum() ^ outcome.source().sum() >>> Integer.SIZE)),
        outcome.isEqual() ? "yes" : "NO");
  }

  private static void details(StringBuilder out, TableResult result) {
    if (result.changedSince() > 0) {
      out.append(
          "%s: %d keys changed since, and were not compared%n"
              .formatted(result.table(), result.changedSince()));
    }
    result.outcome().map(Outcome::differences).ifPresent(found -> keys(out, result, found));
  }

  private static void keys(StringBuilder out, TableResult result, Differences differences) {
    differences.told().forEach(one -> out.append("%s: %s%n".formatted(result.table(), one)));
    long more = differences.keys() - differences.told().size();
    if (more > 0 || !differences.isComplete()) {
      out.append(
          "%s: and %s%,d keys more%n"
              .formatted(result.table(), differences.isComplete() ? "" : "at least ", more));
    }
  }

  private String verdict() {
    long compared = tables.stream().filter(table -> table.outcome().isPresent()).count();
    return different() == 0
        ? "verify: all %d tables equal at %s".formatted(compared, Lsn.format(lsn))
        : "verify: %d of %d tables differ at %s".formatted(different(), compared, Lsn.format(lsn));
  }

  private long different() {
    return tables.stream().filter(TableResult::isDifferent).count();
  }
}
