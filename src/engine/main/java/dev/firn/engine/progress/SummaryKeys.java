package dev.firn.engine.progress;

/** The entries that Firn writes into the summary of each snapshot that contains a batch. */
public final class SummaryKeys {

  public static final String BATCH = "firn.batch-id";
  public static final String READ = "firn.read";
  public static final String APPLIED = "firn.applied";
  public static final String SUPERSEDED = "firn.superseded";
  public static final String DUPLICATE = "firn.duplicate";
  public static final String QUARANTINED = "firn.quarantined";
  public static final String LOWEST = "firn.lowest-position";
  public static final String HIGHEST = "firn.highest-position";

  /**
   * Seconds from the listing of raw files to the writing of this summary; the time of the commit
   * itself is not known yet.
   */
  public static final String SECONDS = "firn.seconds";

  /** The seconds of each phase: {@code list 0.104, read 0.400, …}. */
  public static final String PHASES = "firn.phases";

  /** The engine's plan, in one line for people. */
  public static final String PLAN = "firn.plan";

  private SummaryKeys() {}
}
