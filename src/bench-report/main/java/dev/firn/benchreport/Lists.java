package dev.firn.benchreport;

/** Wraps the lists of a report, whose items have values of any length. */
public final class Lists {

  private static final int WIDTH = 118;

  private Lists() {}

  /**
   * Wraps each item of each list at spaces.
   *
   * @param markdown with items that begin with "- ", and continue in indented lines
   * @return the same Markdown, with lines of items that have at most 118 characters, as far as
   *     words allow
   */
  public static String wrapped(String markdown) {
    StringBuilder text = new StringBuilder();
    StringBuilder item = new StringBuilder();
    for (String line : markdown.split("\n", -1)) {
      if (!item.isEmpty() && line.startsWith("  ")) {
        item.append(' ').append(line.strip());
        continue;
      }
      wrap(item, text);
      if (line.startsWith("- ")) {
        item.append(line);
      } else {
        text.append(line).append('\n');
      }
    }
    wrap(item, text);
    return text.substring(0, text.length() - 1);
  }

  private static void wrap(StringBuilder item, StringBuilder text) {
    if (item.isEmpty()) {
      return;
    }
    int length = -1;
    for (String word : item.toString().split(" ", -1)) {
      if (length >= 0 && length + 1 + word.length() > WIDTH) {
        text.append("\n ");
        length = 1;
      }
      text.append(length < 0 ? "" : " ").append(word);
      length += 1 + word.length();
    }
    text.append('\n');
    item.setLength(0);
  }
}
