package dev.firn.benchreport;

import java.util.List;
import java.util.Locale;

/** Horizontal bars in panels, one below the other, as an SVG picture. */
public final class Bars {

  private static final int WIDTH = 800;
  private static final int LEFT = 230;
  private static final int LONGEST = 400;
  private static final int LINE = 24;
  private static final int BAR = 16;
  private static final int HEAD = 36;

  private final String title;
  private final String number;
  private final StringBuilder shapes = new StringBuilder();
  private int y;

  /**
   * @param isOurs true for a bar of Firn, which is highlighted
   */
  public record Bar(String name, double value, boolean isOurs) {}

  /**
   * @param most the value whose bar fills the width
   */
  public record Panel(String title, double most, List<Bar> bars) {

    /** With its own scale. */
    public Panel(String title, List<Bar> bars) {
      this(title, bars.stream().mapToDouble(Bar::value).max().orElse(1), bars);
    }
  }

  /**
   * @param number how a value is written, as {@link String#format} takes it
   */
  public Bars(String title, String number) {
    this.title = title;
    this.number = number;
  }

  public String svg(List<Panel> panels) {
    shapes.setLength(0);
    y = 0;
    panels.forEach(this::draw);
    return format(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %s %s" font-family="sans-serif" font-size="13">
        <title>%s</title>
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        %s</svg>
        """,
        WIDTH, y + LINE, escaped(title), shapes);
  }

  private void draw(Panel panel) {
    y += HEAD;
    text(10, "bold", panel.title());
    for (Bar bar : panel.bars()) {
      draw(bar, bar.value() / panel.most() * LONGEST);
    }
  }

  private void draw(Bar bar, double length) {
    y += LINE;
    text(10, "normal", bar.name());
    shapes.append(
        format(
            "<rect x=\"%s\" y=\"%s\" width=\"%.1f\" height=\"%s\" fill=\"%s\"/>%n",
            LEFT, y - BAR + 4, Math.max(1, length), BAR, bar.isOurs() ? "#1f6feb" : "#8c959f"));
    text((int) (LEFT + length) + 8, "normal", format(number, bar.value()));
  }

  private void text(int x, String weight, String words) {
    shapes.append(
        format(
            "<text x=\"%s\" y=\"%s\" font-weight=\"%s\" fill=\"#1f2328\">%s</text>%n",
            x, y, weight, escaped(words)));
  }

  private static String escaped(String words) {
    return words.replace("&", "&amp;").replace("<", "&lt;");
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
