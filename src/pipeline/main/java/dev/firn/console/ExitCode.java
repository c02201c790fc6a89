package dev.firn.console;

/** What a command's exit status says; docs/exit-codes.md is the table for people. */
public final class ExitCode {

  public static final int DONE = 0;

  /** Our fault, or that of something below us which another try may mend. */
  public static final int FAULT = 1;

  /** The operator's: configuration, arguments, privileges, an unreachable address. */
  public static final int CONFIGURATION = 2;

  /** The data needs a decision: tables differ, too much in quarantine, the slot is lost. */
  public static final int DECISION = 3;

  /** Ended by Ctrl-C or SIGTERM before it was done. */
  public static final int INTERRUPTED = 130;

  private ExitCode() {}
}
