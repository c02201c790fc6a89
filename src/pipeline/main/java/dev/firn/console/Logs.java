package dev.firn.console;

import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.MDC;

/** What Firn's lines in the log have in common. */
public final class Logs {

  /** The name under which backends find the table that a line is about. */
  public static final String TABLE = "table";

  /** The name above all of Firn's loggers. */
  public static final String FIRN = "dev.firn";

  private Logs() {}

  /** All that this thread logs meanwhile is about the table; libraries' lines too. */
  public static void inTable(String table, Runnable work) {
    inTable(
        table,
        () -> {
          work.run();
          return null;
        });
  }

  /** As {@link #inTable(String, Runnable)}, with a result. */
  public static <T> T inTable(String table, Supplier<T> work) {
    String outer = MDC.get(TABLE);
    MDC.put(TABLE, table);
    try {
      return work.get();
    } finally {
      if (outer == null) {
        MDC.remove(TABLE);
      } else {
        MDC.put(TABLE, outer);
      }
    }
  }

  /**
   * A failure as a line: its sentence, and from the level debug on its stack trace.
   *
   * @param sentence which has the causes, as {@link Failures#describe} does
   */
  public static void failure(Logger log, String sentence, Throwable failure) {
    if (log.isDebugEnabled()) {
      log.error(sentence, failure);
    } else {
      log.error("{}", sentence);
    }
  }
}
