package dev.firn.etl.verify;

import dev.firn.console.ExitCode;
import dev.firn.console.TextTable;
import dev.firn.etl.verify.TableComparison.Differences;
import dev.firn.etl.verify.TableComparison.Outcome;
import dev.firn.etl.verify.TableVerdict.ChangeLog;
import dev.firn.etl.verify.TableVerdict.Compared;
import dev.firn.etl.verify.TableVerdict.NotCompared;
import dev.firn.source.Lsn;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The results of a verification.
 *
 * @param lsn the position at which both sides were compared
 */
public record VerifyReport(List<TableVerdict> tables, long lsn) {

  public VerifyReport {
    tables = List.copyOf(tables);
  }

  /** DONE only when at least one table was compared, none differs, and none was left out. */
  public int exitCode() {
    return compared() > 0 && different() == 0 && notCompared() == 0
        ? ExitCode.DONE
        : ExitCode.DECISION;
  }

  /** The table of results, the keys that differ, and the verdict in the last line. */
  public String render() {
    TextTable table =
        new TextTable("table", "rows in PostgreSQL", "rows in the lake", "checksum", "equal");
    tables.forEach(result -> row(table, result));
    StringBuilder out = new StringBuilder(table.render());
    tables.forEach(result -> details(out, result));
    return out.append(verdict()).append('\n').toString();
  }

  private static void row(TextTable table, TableVerdict result) {
    if (result instanceof Compared compared) {
      Outcome outcome = compared.outcome();
      table.row(
          result.table(),
          outcome.source().rows(),
          outcome.lake().rows(),
          checksum(outcome.source().sum()),
          outcome.isEqual() ? "yes" : "NO");
    } else {
      table.row(
          result.table(), "", "", "", result instanceof ChangeLog ? "change log" : "NOT COMPARED");
    }
  }

  private static String checksum(long sum) {
    return "%08x".formatted((int) (sum ^ sum >>> Integer.SIZE));
  }

  private static void details(StringBuilder out, TableVerdict result) {
    if (result instanceof NotCompared left) {
      line(out, left.table() + ": not compared: " + left.reason());
    } else if (result instanceof Compared compared) {
      if (compared.changedSince() > 0) {
        line(
            out,
            "%s: %s keys changed after the snapshot, and were not compared"
                .formatted(result.table(), compared.changedSince()));
      }
      keys(out, compared);
    }
  }

  private static void keys(StringBuilder out, Compared result) {
    Differences differences = result.outcome().differences();
    differences.told().forEach(one -> line(out, result.table() + ": " + one));
    long more = differences.keys() - differences.told().size();
    if (more > 0 || !differences.isComplete()) {
      line(
          out,
          String.format(
              Locale.ROOT,
              "%s: and %s%,d more keys",
              result.table(),
              differences.isComplete() ? "" : "at least ",
              more));
    }
  }

  private static void line(StringBuilder out, String text) {
    out.append(text).append('\n');
  }

  private String verdict() {
    String at = " at " + Lsn.format(lsn);
    String left = notCompared() == 0 ? "" : ", %s could not be compared".formatted(notCompared());
    if (different() > 0) {
      return "verify: %s of %s tables differ".formatted(different(), compared()) + at + left;
    }
    if (compared() == 0) {
      return "verify: nothing was compared" + at + left + keyless();
    }
    return "verify: %s%s tables equal".formatted(left.isEmpty() ? "all " : "", compared())
        + at
        + left;
  }

  private String keyless() {
    long logs = of(ChangeLog.class).count();
    return logs == 0
        ? ""
        : ". "
            + logs
            + " tables have no key: the lake keeps their changes, not their rows;"
            + " declare a key with tables.<token>.key";
  }

  private long different() {
    return of(Compared.class).filter(table -> !table.outcome().isEqual()).count();
  }

  private long compared() {
    return of(Compared.class).count();
  }

  private long notCompared() {
    return of(NotCompared.class).count();
  }

  private <T extends TableVerdict> Stream<T> of(Class<T> kind) {
    return tables.stream().filter(kind::isInstance).map(kind::cast);
  }
}
