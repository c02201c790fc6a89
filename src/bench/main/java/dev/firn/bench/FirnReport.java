package dev.firn.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The report of a capture at its end. */
record FirnReport(long events, double seconds) {

  private static final Pattern LINE =
      Pattern.compile("capture: (\\d+) events .*?, (\\d+\\.\\d+) s, ");

  static FirnReport in(String output) {
    Matcher matcher = LINE.matcher(output);
    if (!matcher.find()) {
      throw new IllegalStateException("Cannot read report of capture: " + output);
    }
    return new FirnReport(
        Long.parseLong(matcher.group(1)), Math.max(0.1, Double.parseDouble(matcher.group(2))));
  }
}
