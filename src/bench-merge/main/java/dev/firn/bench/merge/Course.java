package dev.firn.bench.merge;

import dev.firn.contract.TableToken;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A workload of the benchmark: tables of a size, and changes to them.
 *
 * @param rows of each table before the run; for a load, the rows to load
 * @param events for each table; 0 if the workload loads the rows
 * @param tables each with its own raw folder
 */
public record Course(String name, String title, long rows, int events, int tables) {

  public Course {
    if (rows < 1 || events < 0 || tables < 1) {
      throw new IllegalArgumentException(
          "Cannot use course: rows and tables are 1 or more, events 0 or more: %s: %d, %d, %d"
              .formatted(name, rows, tables, events));
    }
  }

  /** The workload loads the rows: the tables are empty at the start. */
  public boolean isLoad() {
    return events == 0;
  }

  /**
   * Identifies the contents of the tables before the run; equal for courses with the same initial
   * contents.
   */
  public String base() {
    return "%d_%d".formatted(rows, tables);
  }

  /** Identifies the changes of one run. */
  public String changes() {
    return "%s_%d".formatted(base(), events);
  }

  /** Events of a run, or rows of a load, of all tables. */
  public long work() {
    return tables * (isLoad() ? rows : events);
  }

  public List<TableToken> tokens() {
    return tables == 1
        ? List.of(new TableToken("orders"))
        : IntStream.range(0, tables)
            .mapToObj("orders_%02d"::formatted)
            .map(TableToken::new)
            .toList();
  }
}
