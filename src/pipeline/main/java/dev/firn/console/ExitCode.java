package dev.firn.console;

/** The exit codes of all commands; docs/exit-codes.md explains them. */
public final class ExitCode {

  public static final int DONE = 0;

  /** A fault of Firn or of a system it depends on; a retry may succeed. */
  public static final int FAULT = 1;

  /** For the operator to fix: configuration, arguments, privileges, an unreachable address. */
  public static final int CONFIGURATION = 2;

  /** The data needs a decision: tables differ, too much in quarantine, the slot is lost. */
  public static final int DECISION = 3;

  /** Stopped by Ctrl-C or SIGTERM before it was done. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
