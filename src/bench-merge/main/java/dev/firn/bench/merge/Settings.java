package dev.firn.bench.merge;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The settings of a benchmark run.
 *
 * @param courses in the order they are run
 * @param contenders names of those that run; empty for all
 * @param warmUps rounds that are dropped
 * @param rounds that are measured; the median counts
 * @param given the settings from the environment that differ from the defaults
 * @param home Firn's folder
 */
public record Settings(
    List<Course> courses,
    Set<String> contenders,
    int warmUps,
    int rounds,
    Map<String, String> given,
    Path home) {

  private static final long ROWS = 5_000_000;
  private static final List<String> NAMES =
      List.of(
          "WORKLOADS",
          "CONTENDERS",
          "ROWS",
          "LARGE_ROWS",
          "EVENTS",
          "SMALL_EVENTS",
          "TABLES",
          "TABLE_ROWS",
          "TABLE_EVENTS",
          "WARMUPS",
          "ROUNDS");

  /** Settings that do not change which figures are measured. */
  private static final Set<String> HARMLESS = Set.of("WARMUPS", "ROUNDS");

  public Settings {
    courses = List.copyOf(courses);
    contenders = Set.copyOf(contenders);
    given = new TreeMap<>(given);
    if (warmUps < 0 || rounds < 1 || courses.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot run the bench: WARMUPS is 0 or more, ROUNDS 1 or more, WORKLOADS some of A, B, BL,"
              + " C, D: %d, %d, %s".formatted(warmUps, rounds, courses));
    }
  }

  /**
   * @param environment sizes are derived from {@code ROWS} unless they are set
   */
  public static Settings of(Map<String, String> environment, Path home) {
    Set<String> wanted = words(environment, "WORKLOADS");
    return new Settings(
        all(environment).stream()
            .filter(course -> wanted.isEmpty() || wanted.contains(course.name()))
            .toList(),
        words(environment, "CONTENDERS"),
        (int) number(environment, "WARMUPS", 2),
        (int) number(environment, "ROUNDS", 3),
        NAMES.stream()
            .filter(name -> !environment.getOrDefault(name, "").isEmpty())
            .collect(Collectors.toMap(name -> name, environment::get)),
        home);
  }

  private static List<Course> all(Map<String, String> environment) {
    long rows = number(environment, "ROWS", ROWS);
    long large = number(environment, "LARGE_ROWS", 4 * rows);
    int events = (int) number(environment, "EVENTS", rows / 5);
    int few = (int) number(environment, "SMALL_EVENTS", rows / 250);
    int tables = (int) number(environment, "TABLES", 50);
    long tableRows = number(environment, "TABLE_ROWS", 20_000);
    int tableEvents = (int) number(environment, "TABLE_EVENTS", 2_000);
    return List.of(
        new Course("C", "%,d rows into an empty table".formatted(rows), rows, 0, 1),
        new Course("A", "%,d events on %,d rows".formatted(events, rows), rows, events, 1),
        new Course("B", "%,d events on %,d rows".formatted(few, rows), rows, few, 1),
        new Course("BL", "%,d events on %,d rows".formatted(few, large), large, few, 1),
        new Course(
            "D",
            "%,d tables of %,d rows, %,d events each".formatted(tables, tableRows, tableEvents),
            tableRows,
            tableEvents,
            tables));
  }

  /** The course of this name. */
  public Course course(String name) {
    return courses.stream().filter(course -> course.name().equals(name)).findFirst().orElseThrow();
  }

  /** The folder of data, tables and logs; expensive data is kept for the next run. */
  public Path work() {
    return home.resolve("target").resolve("bench-merge");
  }

  /** The published page is that of a complete run; other pages are kept separately. */
  public Path reports() {
    return HARMLESS.containsAll(given.keySet())
        ? home.resolve("docs").resolve("benchmarks")
        : work().resolve("report");
  }

  /** The command that repeats the run. */
  public String command() {
    return given.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue() + " ")
        .collect(Collectors.joining("", "", "make bench-merge"));
  }

  public Path raw() {
    return work().resolve("raw");
  }

  /** The rows of a course's tables as Parquet, for contenders to build their tables from. */
  public Path staged(Course course) {
    return work().resolve("staged").resolve(Long.toString(course.rows()));
  }

  /** The folder of a system's tables. */
  public Path tables(String system) {
    return work().resolve("tables").resolve(system);
  }

  /** The events of a run, in Firn's raw format. */
  public Path events(Course course) {
    return course.isLoad() ? rows(course) : raw().resolve("changes_" + course.changes());
  }

  /** The rows of the course's tables, in Firn's raw format. */
  public Path rows(Course course) {
    return raw().resolve("rows_" + course.base());
  }

  private static long number(Map<String, String> environment, String name, long otherwise) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? otherwise : Long.parseLong(value);
  }

  private static Set<String> words(Map<String, String> environment, String name) {
    return Arrays.stream(environment.getOrDefault(name, "").split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }
}
