package dev.firn.bench.merge.report;

/**
 * Text that a person wrote into the page, between two markers: the benchmark copies it into the
 * next page.
 *
 * @param text without the markers
 */
record Prose(String text) {

  private static final String BEGIN =
      "<!-- by hand: kept when the bench writes this page again -->\n";
  private static final String END = "<!-- end of what is by hand -->\n";

  /** The text of a page; a placeholder if it has none. */
  static Prose of(String page) {
    int begin = page.indexOf(BEGIN);
    int end = page.indexOf(END);
    return begin < 0 || end < begin
        ? new Prose("Not written yet.\n")
        : new Prose(page.substring(begin + BEGIN.length(), end));
  }

  String section() {
    return BEGIN + text + END;
  }
}
