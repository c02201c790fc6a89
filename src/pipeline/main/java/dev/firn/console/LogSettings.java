package dev.firn.console;

import org.slf4j.event.Level;

/**
 * How a process logs.
 *
 * @param stage named in each line: the verb
 * @param level of Firn's own lines
 */
public record LogSettings(String stage, Level level, LogFormat format) {

  /** Libraries are quiet, unless everything is asked for. */
  public Level libraries() {
    return level == Level.TRACE ? Level.DEBUG : Level.WARN;
  }
}
