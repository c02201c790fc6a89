package dev.firn.bench.report;

import dev.firn.bench.Discipline;
import java.util.Locale;

/** The medians as bars, the longest of all as long as there is room for. */
public final class Chart {

  private static final int WIDTH = 760;
  private static final int LEFT = 210;
  private static final int LONGEST = 430;
  private static final int LINE = 26;
  private static final int BAR = 18;
  private static final int HEAD = 34;

  private final Outcome outcome;
  private final StringBuilder svg = new StringBuilder();
  private int y;

  public Chart(Outcome outcome) {
    this.outcome = outcome;
  }

  public String svg() {
    double most = 1;
    for (Discipline discipline : Discipline.values()) {
      for (String contender : outcome.contenders()) {
        most = Math.max(most, outcome.rowsPerSecond(discipline, contender));
      }
    }
    svg.setLength(0);
    y = 0;
    for (Discipline discipline : Discipline.values()) {
      race(discipline, LONGEST / most);
    }
    return format(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="13">
        <title>Rows a second, medians</title>
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        %s</svg>
        """,
        WIDTH, y + LINE / 2, svg);
  }

  private void race(Discipline discipline, double scale) {
    y += HEAD;
    text(10, y, "bold", discipline.title() + ", rows a second");
    for (String contender : outcome.contenders()) {
      double rows = outcome.rowsPerSecond(discipline, contender);
      y += LINE;
      text(10, y, "normal", contender);
      svg.append(
          format(
              "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
              LEFT,
              y - BAR + 4,
              Math.max(1, rows * scale),
              BAR,
              contender.startsWith("Firn") ? "#1f6feb" : "#8c959f"));
      text((int) (LEFT + rows * scale) + 8, y, "normal", format("%,.0f", rows));
    }
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
