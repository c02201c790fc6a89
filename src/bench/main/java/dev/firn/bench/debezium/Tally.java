package dev.firn.bench.debezium;

import java.util.Locale;
import java.util.Scanner;

/** The result of the engine, passed between the processes as a line. */
public record Tally(long events, double seconds, double cpuSeconds) {

  private static final String BEGIN = "tally ";

  String line() {
    return String.format(Locale.ROOT, "%s%d %.3f %.3f", BEGIN, events, seconds, cpuSeconds);
  }

  /** Finds the line in the output of the process. */
  public static Tally in(String output) {
    String found =
        output
            .lines()
            .filter(line -> line.startsWith(BEGIN))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalStateException("Cannot read tally: the line is missing: " + output));
    try (Scanner words = new Scanner(found.substring(BEGIN.length())).useLocale(Locale.ROOT)) {
      return new Tally(words.nextLong(), words.nextDouble(), words.nextDouble());
    }
  }
}
