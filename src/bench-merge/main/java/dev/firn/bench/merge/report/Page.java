package dev.firn.bench.merge.report;

import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Measure;
import dev.firn.bench.merge.Run;
import dev.firn.bench.merge.Settings;
import dev.firn.benchreport.Machine;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A run as a page in Markdown: what was measured, on what, how, and how to do it again. */
final class Page {

  private static final double MEGABYTE = 1e6;

  private final Settings settings;
  private final Machine machine;
  private final Outcome outcome;

  Page(Settings settings, Machine machine, Outcome outcome) {
    this.settings = settings;
    this.machine = machine;
    this.outcome = outcome;
  }

  String text(Prose prose) {
    String courses = outcome.courses().stream().map(this::course).collect(Collectors.joining());
    return head()
        + goals()
        + courses
        + failures()
        + "\n## What limits the merge\n\n"
        + prose.section()
        + new Way(settings, machine).text()
        + rounds();
  }

  private String head() {
    return format(
        """
        # The merge compared with other ways to the same table

        Written by `make bench-merge` on %s: all figures are of that run. CPU seconds are of the whole
        process, all threads; they are the figure to compare. Wall time is listed as well.

        ![CPU seconds of a merge](merge.svg)

        """,
        machine.day());
  }

  private String goals() {
    StringBuilder text =
        new StringBuilder(
            """
            ## What Firn direct has to reach

            CPU seconds of the other as a multiple of Firn direct's; of growth and scans, Firn's own as a multiple.
            Medians; in brackets the least and greatest of any two rounds.

            | goal | ratio | demanded | aim | |
            |---|--:|--:|--:|---|
            """);
    Goal.all().forEach(goal -> text.append(line(goal)));
    return text.toString();
  }

  private String line(Goal goal) {
    Goal.Bound bound = goal.bound();
    String sign = bound.atLeast() ? "≥ " : "≤ ";
    Optional<Spread> ratio = goal.ratio(outcome);
    return format(
        "| %s | %s | %s | %s | %s |%n",
        goal.text(),
        ratio.map(Page::ratio).orElse(""),
        bound.limit() == 0 ? "" : sign + number(bound.limit()),
        bound.aim() == bound.limit() ? "" : sign + number(bound.aim()),
        ratio.map(found -> verdict(bound, found.median())).orElse("not run"));
  }

  private static String verdict(Goal.Bound bound, double ratio) {
    if (!bound.holds(ratio)) {
      return "**not reached**";
    }
    if (bound.meetsAim(ratio)) {
      return "reached";
    }
    return bound.limit() == 0 ? "aim not reached" : "reached, but not the aim";
  }

  private String course(Course course) {
    StringBuilder text =
        new StringBuilder(
            format(
                """

                ## %s: %s

                | contender | CPU s | × Firn direct | wall s | events/s | MB written | files written | scan CPU s | scan wall s |
                |---|--:|--:|--:|--:|--:|--:|--:|--:|
                """,
                course.name(), course.title()));
    outcome.entrants(course).forEach(entrant -> text.append(line(course, entrant)));
    return text + new PhaseTable(outcome, course).text();
  }

  private String line(Course course, Entrant entrant) {
    Spread cpu = outcome.spread(course, entrant, Measure::cpuSeconds).orElseThrow();
    String times =
        outcome
            .spread(course, Entrant.FIRN_DIRECT, Measure::cpuSeconds)
            .map(own -> ratio(cpu.over(own)))
            .orElse("");
    double seconds = outcome.median(course, entrant, Measure::seconds);
    return format(
        "| %s | %.2f | %s | %.2f | %,.0f | %.1f | %.0f | %.2f | %.2f |%n",
        entrant.title(),
        cpu.median(),
        entrant == Entrant.FIRN_DIRECT ? "1" : times,
        seconds,
        course.work() / seconds,
        outcome.median(course, entrant, Measure::bytes) / MEGABYTE,
        outcome.median(course, entrant, Measure::files),
        outcome.median(course, entrant, measure -> measure.scan().cpuSeconds()),
        outcome.median(course, entrant, measure -> measure.scan().seconds()));
  }

  private String failures() {
    return outcome.failures().isEmpty()
        ? ""
        : outcome.failures().stream()
            .map(Page::failure)
            .collect(Collectors.joining("", "\n## Failed\n\n", ""));
  }

  private static String failure(Run run) {
    return format("- %s, %s: %s%n", run.course().name(), run.entrant().title(), run.failure());
  }

  private String rounds() {
    StringBuilder text =
        new StringBuilder(
            "\n## Every round, CPU s (wall s)\n\n| | contender | rounds |\n|---|---|---|\n");
    for (Course course : outcome.courses()) {
      for (Entrant entrant : outcome.entrants(course)) {
        String each =
            outcome.measures(course, entrant).stream()
                .map(one -> format("%.2f (%.2f)", one.cpuSeconds(), one.seconds()))
                .collect(Collectors.joining("; "));
        text.append(format("| %s | %s | %s |%n", course.name(), entrant.title(), each));
      }
    }
    return text.toString();
  }

  private static String ratio(Spread spread) {
    return format(
        "%s (%s–%s)", times(spread.median()), times(spread.least()), times(spread.greatest()));
  }

  private static String times(double ratio) {
    return format(ratio < 10 ? "%.2f" : "%.1f", ratio);
  }

  private static String number(double value) {
    return format(value == Math.rint(value) ? "%.0f" : "%.1f", value);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
