package dev.firn.console;

import dev.firn.contract.Clocks;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Reports the progress and speed of an operation: on a terminal by one line on stderr that is
 * overwritten, elsewhere by a line in the log every ten seconds.
 */
public final class Progress implements AutoCloseable {

  private static final Duration TERMINAL_INTERVAL = Duration.ofMillis(200);
  private static final Duration LOG_INTERVAL = Duration.ofSeconds(10);

  private final String what;
  private final String unit;
  private final Supplier<String> detail;
  private final PrintStream out;
  private final boolean terminal;
  private final long begun;
  private long printed;
  private long done;
  private boolean anythingPrinted;

  /**
   * @param what the operation: {@code snapshot of sales}
   * @param unit of what is counted: {@code rows}
   */
  public static Progress onConsole(String what, String unit) {
    return onConsole(what, unit, () -> "");
  }

  /**
   * @param detail supplies text that is appended to each line
   */
  public static Progress onConsole(String what, String unit, Supplier<String> detail) {
    boolean terminal = CommandLine.Help.Ansi.AUTO.enabled();
    return new Progress(what, unit, detail, System.err, terminal);
  }

  private Progress(
      String what, String unit, Supplier<String> detail, PrintStream out, boolean terminal) {
    this.what = what;
    this.unit = unit;
    this.detail = detail;
    this.out = out;
    this.terminal = terminal;
    this.begun = Clocks.SYSTEM.tick();
    this.printed = begun;
  }

  public void advance(long count) {
    done += count;
    long now = Clocks.SYSTEM.tick();
    if (Clocks.SYSTEM.hasPassed(interval(), printed)) {
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
      print(Clocks.SYSTEM.tick());
      out.println();
    }
  }

  private Duration interval() {
    return terminal ? TERMINAL_INTERVAL : LOG_INTERVAL;
  }

  private void print(long now) {
    anythingPrinted = true;
    double seconds = Math.max(0.001, (now - begun) / 1e9);
    String line =
        String.format(Locale.ROOT, "%s: %,d %s, %,.0f %s/s", what, done, unit, done / seconds, unit)
            + detail.get();
    if (terminal) {
      out.print("\r" + line + "\u001B[K");
      out.flush();
    } else {
      LoggerFactory.getLogger(Progress.class).info("{}", line);
    }
  }
}
