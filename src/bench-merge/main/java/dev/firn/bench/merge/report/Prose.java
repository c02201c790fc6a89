package dev.firn.bench.merge.report;

/**
 * What a person wrote into the page, between two markers: the bench carries it over into the next.
 *
 * @param text with neither marker
 */
record Prose(String text) {

  private static final String BEGIN =
      "<!-- by hand: kept when the bench writes this page again -->\n";
  private static final String END = "<!-- end of what is by hand -->\n";

  /** That of a page; a placeholder where it has none. */
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
