package dev.firn.console;

/** How a process writes the lines of its log. */
public enum LogFormat {
  /** For people: time, level, stage, table in brackets, message. */
  TEXT,

  /** One object a line, with the same fields. */
  JSON
}
