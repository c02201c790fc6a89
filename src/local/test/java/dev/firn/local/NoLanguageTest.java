package dev.firn.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * No text depends on the language of the machine: neither on a user's machine, nor on an executor,
 * which no command of Firn starts. A number is written with {@code %s}; one with separators or
 * decimals names its locale, {@code String.format(Locale.ROOT, …)}.
 */
class NoLanguageTest {

  private static final Pattern FOLLOWS_LANGUAGE =
      Pattern.compile(
          "%(\\d+\\$)?[-+0,(#]*\\d*(\\.\\d+)?[dfegatEGT]"
              + "|\\.to(Lower|Upper)Case\\(\\)"
              + "|DateTimeFormatter\\.ofPattern\\([^;]*?\"\\)"
              + "|DateTimeFormatter\\.ofLocalized"
              + "|NumberFormat\\.get|new DecimalFormat\\(|new SimpleDateFormat\\(");

  @Test
  void nothingIsFormattedInTheLanguageOfTheMachine() {
    List<String> found = new ArrayList<>();
    for (Path source : Modules.mainSources()) {
      find(Modules.read(source)).forEach(place -> found.add(source + ": " + place));
    }
    assertEquals(List.of(), found);
  }

  @Test
  void whatFollowsTheLanguageIsFound() {
    assertEquals(
        List.of("%d", "%,d", "%2$02d", "%.1f", ".toLowerCase()"),
        find("a(\"%d\", \"%,d; %2$02d %x\"); b(\"%.1f %s\"); c.toLowerCase();"));
    assertEquals(1, find("DateTimeFormatter.ofPattern(\"uuuu\")").size());
    assertEquals(
        List.of(), find("format(Locale.ROOT, \"a; %,d\", 1);\n \"%s %08x\".formatted(2);"));
  }

  private static List<String> find(String code) {
    List<String> found = new ArrayList<>();
    Matcher matcher = FOLLOWS_LANGUAGE.matcher(code);
    while (matcher.find()) {
      String statement =
          code.substring(code.lastIndexOf(";\n", matcher.start()) + 1, matcher.start());
      if (!statement.contains("Locale.ROOT")) {
        found.add(matcher.group());
      }
    }
    return found;
  }
}
