package dev.firn.cdc.source;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceOptions.Failover;

/** How a new slot is created. */
public enum SlotKind {
  /** Without parentheses: the only form that PostgreSQL before 15 knows. */
  PLAIN("EXPORT_SNAPSHOT"),
  /** Standbys may keep a copy of it, from which capture resumes after a promotion. */
  FAILOVER("(SNAPSHOT 'export', FAILOVER true)");

  private static final int FAILOVER_SINCE = 170000;

  private final String options;

  SlotKind(String options) {
    this.options = options;
  }

  /**
   * @param version of the server, as {@code server_version_num} has it
   */
  public static SlotKind of(Failover wanted, int version) {
    if (wanted == Failover.ON && version < FAILOVER_SINCE) {
      throw new OperatorException(
          "Cannot create a failover slot: PostgreSQL 17 or newer is needed: " + version,
          "Set source.failover: auto.");
    }
    return wanted == Failover.OFF || version < FAILOVER_SINCE ? PLAIN : FAILOVER;
  }

  String options() {
    return options;
  }
}
