package dev.firn.console;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * Says on stderr what is being done, how far it is and how fast it goes: on a terminal one line
 * that is written over, elsewhere a line every ten seconds, so that a log stays readable.
 */
public final class Progress implements AutoCloseable {

  private static final Duration TERMINAL_INTERVAL = Duration.ofMillis(200);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final String what;
  private final String unit;
  private final Supplier<String> detail;
  private final PrintStream out;
  private final Clock clock;
  private final boolean terminal;
  private final Instant begun;
  private Instant printed;
  private long done;
  private boolean anythingPrinted;

  /**
   * @param what is being done: {@code snapshot of sales}
   * @param unit of what is counted: {@code rows}
   */
  public static Progress onConsole(String what, String unit) {
    return onConsole(what, unit, () -> "");
  }

  /**
   * @param detail asked for whenever a line is printed, and added to it
   */
  public static Progress onConsole(String what, String unit, Supplier<String> detail) {
    boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    return new Progress(what, unit, detail, System.err, Clock.systemUTC(), terminal);
  }

  private Progress(
      String what,
      String unit,
      Supplier<String> detail,
      PrintStream out,
      Clock clock,
      boolean terminal) {
    this.what = what;
    this.unit = unit;
    this.detail = detail;
    this.out = out;
    this.clock = clock;
    this.terminal = terminal;
    this.begun = clock.instant();
    this.printed = begun;
  }

  public void advance(long count) {
    done += count;
    Instant now = clock.instant();
    if (Duration.between(printed, now).compareTo(interval()) >= 0) {
      printed = now;
      print(now);
    }
  }

  public long done() {
    return done;
  }

  @Override
  public void close() {
    if (anythingPrinted && terminal) {
      print(clock.instant());
      out.println();
    }
  }

  private Duration interval() {
    return terminal ? TERMINAL_INTERVAL : LOG_INTERVAL;
  }

  private void print(Instant now) {
    anythingPrinted = true;
    double seconds = Math.max(0.001, Duration.between(begun, now).toMillis() / 1000.0);
    String line =
        "%s: %,d %s, %,.0f %s/s".formatted(what, done, unit, done / seconds, unit) + detail.get();
    if (terminal) {
      out.print("\r" + line + "\u001B[K");
      out.flush();
    } else {
      out.println(line);
    }
  }
}
