package dev.firn.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The settings of a benchmark run.
 *
 * @param rows that Firn captures in each race, and in the single large transaction
 * @param debeziumRows of these that Debezium captures, from its first event on
 * @param rounds of each race; the median counts
 * @param heap of every contender, as -Xmx takes it
 * @param collector of every contender, as -XX:+Use… names it
 * @param work a folder for the database and all output, emptied first
 * @param runnable the producer's jar
 * @param command bin/firn
 * @param reports folder for the page and the chart
 */
public record Settings(
    long rows,
    long debeziumRows,
    int rounds,
    String heap,
    String collector,
    Path work,
    Path runnable,
    Path command,
    Path reports) {

  public static final int TRANSACTION_ROWS = 1000;

  public Settings {
    if (rows < TRANSACTION_ROWS || debeziumRows < 1 || debeziumRows > rows || rounds < 1) {
      throw new IllegalArgumentException(
          ("Cannot run the bench: ROWS is at least %d, DEBEZIUM_ROWS from 1 to ROWS, ROUNDS at"
                  + " least 1: %d, %d, %d")
              .formatted(TRANSACTION_ROWS, rows, debeziumRows, rounds));
    }
    rows -= rows % TRANSACTION_ROWS;
  }

  static Settings of(Map<String, String> environment, Path home, Path runnable) {
    long rows = number(environment, "ROWS", 1_000_000);
    return new Settings(
        rows,
        number(environment, "DEBEZIUM_ROWS", Math.min(rows, 300_000)),
        (int) number(environment, "ROUNDS", 3),
        text(environment, "HEAP", "1g"),
        text(environment, "GC", "SerialGC"),
        home.resolve("target").resolve("bench-capture"),
        runnable,
        home.resolve("bin").resolve("firn"),
        home.resolve("docs").resolve("benchmarks"));
  }

  /** JVM options, the same for all. */
  List<String> javaOptions() {
    return List.of("-Xmx" + heap, "-XX:+Use" + collector);
  }

  private static long number(Map<String, String> environment, String name, long otherwise) {
    return Long.parseLong(text(environment, name, Long.toString(otherwise)));
  }

  private static String text(Map<String, String> environment, String name, String otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? otherwise : value;
  }
}
