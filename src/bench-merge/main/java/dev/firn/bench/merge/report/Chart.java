package dev.firn.bench.merge.report;

import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Entrant;
import dev.firn.bench.merge.Measure;
import java.util.Locale;

/** CPU seconds of each contender as bars, each course to a scale of its own. */
final class Chart {

  private static final int WIDTH = 800;
  private static final int LEFT = 230;
  private static final int LONGEST = 400;
  private static final int LINE = 24;
  private static final int BAR = 16;
  private static final int HEAD = 36;

  private final Outcome outcome;
  private final StringBuilder svg = new StringBuilder();
  private int y;

  Chart(Outcome outcome) {
    this.outcome = outcome;
  }

  String svg() {
    svg.setLength(0);
    y = 0;
    outcome.courses().forEach(this::panel);
    return format(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
        <title>CPU seconds of a merge, medians: shorter is better</title>
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        %s</svg>
        """,
        WIDTH, y + LINE, svg);
  }

  private void panel(Course course) {
    double most =
        outcome.entrants(course).stream()
            .mapToDouble(entrant -> outcome.median(course, entrant, Measure::cpuSeconds))
            .max()
            .orElse(1);
    y += HEAD;
    text(10, y, "bold", course.name() + ": " + course.title() + ", CPU seconds");
    for (Entrant entrant : outcome.entrants(course)) {
      bar(entrant, outcome.median(course, entrant, Measure::cpuSeconds), LONGEST / most);
    }
  }

  private void bar(Entrant entrant, double seconds, double scale) {
    y += LINE;
    text(10, y, "normal", entrant.title());
    svg.append(
        format(
            "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
            LEFT,
            y - BAR + 4,
            Math.max(1, seconds * scale),
            BAR,
            entrant.isFirn() ? "#1f6feb" : "#8c959f"));
    text((int) (LEFT + seconds * scale) + 8, y, "normal", format("%.2f", seconds));
  }

  private void text(int x, int baseline, String weight, String words) {
    svg.append(
        format(
            "<text x=\"%d\" y=\"%d\" font-weight=\"%s\" fill=\"#1f2328\">%s</text>%n",
            x, baseline, weight, words));
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
