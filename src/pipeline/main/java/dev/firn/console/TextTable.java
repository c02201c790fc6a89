package dev.firn.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A table of text with aligned columns: numbers to the right, everything else to the left. */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<String> headers;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(String... headers) {
    this(Arrays.asList(headers));
  }

  public TextTable(List<String> headers) {
    this.headers = List.copyOf(headers);
  }

  /**
   * @param cells one per header, printed with {@link String#valueOf(Object)}; integers get
   *     thousands separators
   */
  public TextTable row(Object... cells) {
    if (cells.length != headers.size()) {
      throw new IllegalArgumentException(
          "Cannot add row: %s cells are expected: %s".formatted(headers.size(), cells.length));
    }
    rows.add(Arrays.stream(cells).map(TextTable::text).toList());
    return this;
  }

  /** The lines of the table, each ended by a newline. */
  public String render() {
    int[] widths = IntStream.range(0, headers.size()).map(this::width).toArray();
    StringBuilder out = new StringBuilder();
    line(out, headers, widths);
    line(out, Arrays.stream(widths).mapToObj("-"::repeat).toList(), widths);
    rows.forEach(row -> line(out, row, widths));
    return out.toString();
  }

  private static String text(Object cell) {
    if (cell instanceof Integer || cell instanceof Long) {
      return String.format(Locale.ROOT, "%,d", ((Number) cell).longValue());
    }
    return String.valueOf(cell);
  }

  private int width(int column) {
    return Collections.max(
        IntStream.concat(
                IntStream.of(length(headers.get(column))),
                rows.stream().mapToInt(row -> length(row.get(column))))
            .boxed()
            .toList());
  }

  private void line(StringBuilder out, List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(widths[i] - length(cells.get(i)));
      line.append(i == 0 ? "" : GAP);
      line.append(isNumeric(i) ? padding + cells.get(i) : cells.get(i) + padding);
    }
    out.append(line.toString().stripTrailing()).append('\n');
  }

  private boolean isNumeric(int column) {
    return !rows.isEmpty()
        && rows.stream().allMatch(row -> row.get(column).matches("-?[0-9][0-9,.]*( %)?|"));
  }

  // Characters, not UTF-16 units: Vietnamese names are mostly one of each, emoji are not.
  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }
}
