package dev.firn.bench.report;

import dev.firn.bench.DebeziumProperties;
import dev.firn.bench.Discipline;
import dev.firn.bench.MemoryCheck;
import dev.firn.bench.Run;
import dev.firn.bench.Settings;
import dev.firn.bench.server.BenchDatabase;
import dev.firn.benchreport.Lists;
import dev.firn.benchreport.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A run as a page in Markdown: what was measured, on what, how, and how to do it again. */
public final class Page {

  private static final double MEGABYTE = 1e6;

  /** Of {@link #way()}. */
  private static final String WAY =
      """

      ## How

      - Machine: %s. %s. PostgreSQL %s on the same machine, with %s.
      - Again: `ROWS=%d DEBEZIUM_ROWS=%d ROUNDS=%d HEAP=%s GC=%s make bench-capture`
      - Each run is a separate Java process with `%s`, Firn the runnable jar's `capture --once`,
        Debezium 3.6.1.Final by its embedded (asynchronous) engine; they take turns.
      - Rows have 8 columns: bigint key, integers, numeric(12,2), text of about 60 characters, timestamptz, boolean,
        smallint. Streaming: transactions of %d changes, half inserts, half updates, all written before they are read;
        every run begins with a copy of one replication slot that begins before them. Snapshot: a table of %d rows.
      - Firn carries all %d rows, Debezium the first %d or a batch more. Firn's time is what it reports: from the start
        of the command's work, connecting and preflight included, to the last event on disk or accepted. Debezium's time
        runs from the arrival of its first batch to that of its last, its start not included. CPU: Firn's whole
        process; Debezium's from its first batch on. PostgreSQL's: of all its processes while the contender lived.
      - "raw files" are what users get: gzip files, moved in place with fsync. "gzip" is one gzip file of JSON lines at the
        same level, without fsync; "only counted" drops the events, so that no sink limits it.
      - The stand-in for Kinesis counts records and keeps none. It takes its share of the same processors.
      - Debezium's options: %s. Its events carry the same values, without schemas.
      """;

  private final Settings settings;
  private final Machine machine;
  private final Outcome outcome;

  public Page(Settings settings, Machine machine, Outcome outcome) {
    this.settings = settings;
    this.machine = machine;
    this.outcome = outcome;
  }

  public String text() {
    return head() + medians() + ratios() + memory() + way() + rounds();
  }

  private String head() {
    return format(
        """
        # The producer compared with embedded Debezium

        Written by `make bench-capture` on %s: all figures are of that run.

        ![Rows a second](capture.svg)

        """,
        machine.day());
  }

  private String medians() {
    StringBuilder text =
        new StringBuilder(
            """
            ## Medians

            | race | contender | rows/s | CPU s per million rows | PostgreSQL's CPU s per million | peak memory, MB |
            |---|---|--:|--:|--:|--:|
            """);
    for (Discipline discipline : Discipline.values()) {
      for (String contender : outcome.contenders()) {
        text.append(
            format(
                "| %s | %s | %,.0f | %.1f | %.1f | %.0f |%n",
                discipline.title(),
                contender,
                outcome.rowsPerSecond(discipline, contender),
                outcome.median(discipline, contender, Run::cpuSecondsPerMillion),
                outcome.median(discipline, contender, Run::serverSecondsPerMillion),
                outcome.median(discipline, contender, run -> run.usage().peakResident())
                    / MEGABYTE));
      }
    }
    return text.toString();
  }

  private String ratios() {
    StringBuilder text =
        new StringBuilder(
            "\n## Rows a second as ratios\n\n| race | of | to | ratio |\n|---|---|---|--:|\n");
    for (Discipline discipline : Discipline.values()) {
      for (String firn : outcome.contenders().stream().filter(Page::isFirn).toList()) {
        for (String other : outcome.contenders().stream().filter(one -> !isFirn(one)).toList()) {
          double ratio =
              outcome.rowsPerSecond(discipline, firn) / outcome.rowsPerSecond(discipline, other);
          text.append(format("| %s | %s | %s | %.1f |%n", discipline.title(), firn, other, ratio));
        }
      }
    }
    return text.toString();
  }

  private String memory() {
    StringBuilder text =
        new StringBuilder(
            """

            ## Memory of the producer

            | situation | Java options | resident, MB | heap in use at the highest, MB |
            |---|---|--:|--:|
            """);
    for (MemoryCheck check : outcome.memory()) {
      text.append(
          format(
              "| %s | %s | %.0f | %s |%n",
              check.situation(),
              check.options(),
              check.resident() / MEGABYTE,
              check.heap() == 0 ? "" : format("%.0f", check.heap() / MEGABYTE)));
    }
    return text.append(format("%nThe runnable jar: %.1f MB.%n", jarMegabytes())).toString();
  }

  private String way() {
    return Lists.wrapped(
        format(
            WAY,
            machine,
            machine.java(),
            outcome.server(),
            pairs(BenchDatabase.serverSettings()),
            settings.rows(),
            settings.debeziumRows(),
            settings.rounds(),
            settings.heap(),
            settings.collector(),
            "-Xmx" + settings.heap() + " -XX:+Use" + settings.collector(),
            Settings.TRANSACTION_ROWS,
            settings.rows(),
            settings.rows(),
            settings.debeziumRows(),
            pairs(DebeziumProperties.tuning())));
  }

  private String rounds() {
    StringBuilder text =
        new StringBuilder(
            "\n## Every round, rows/s\n\n| race | contender | rounds |\n|---|---|---|\n");
    for (Discipline discipline : Discipline.values()) {
      for (String contender : outcome.contenders()) {
        String each =
            outcome.runs(discipline, contender).stream()
                .map(run -> format("%,.0f", run.rowsPerSecond()))
                .collect(Collectors.joining("; "));
        text.append(format("| %s | %s | %s |%n", discipline.title(), contender, each));
      }
    }
    return text.toString();
  }

  private double jarMegabytes() {
    try {
      return Files.size(settings.runnable()) / MEGABYTE;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot measure jar: " + settings.runnable(), e);
    }
  }

  private static boolean isFirn(String contender) {
    return contender.startsWith("Firn");
  }

  private static String pairs(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(one -> "`" + one.getKey() + "=" + one.getValue() + "`")
        .collect(Collectors.joining(", "));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
