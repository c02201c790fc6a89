package dev.firn.etl.merge;

import java.util.List;
import java.util.Random;

/** Texts at which quoting, ordering or the cutting of bounds could break. */
final class OddTexts {

  private static final List<String> ODD =
      List.of(
          "",
          " ",
          "null",
          "a",
          "ab",
          "a b",
          "A",
          "it's",
          "say \"hi\"",
          "back\\slash",
          "line\nbreak",
          "tab\tand\u0001control\u007f",
          "}{\"\\,",
          "Größe",
          "Gro\u0308ße",
          "\u65e5\u672c\u8a9e",
          // UTF-16 orders these two the other way round than UTF-8 does.
          "\uffee",
          "\ud83d\ude00",
          "\u2028");

  /** Longer than what Iceberg keeps of a text in a file's bounds. */
  private static final String LONG = "the first sixteen and more letters are the same ";

  private static final String LAST = "\udbff\udfff".repeat(20);

  private OddTexts() {}

  static String next(Random random) {
    return switch (random.nextInt(5)) {
      case 0 -> LONG + random.nextInt(50);
      case 1 -> LAST.substring(0, 2 * (1 + random.nextInt(20)));
      case 2 -> "text " + random.nextInt(1000);
      default -> ODD.get(random.nextInt(ODD.size()));
    };
  }
}
