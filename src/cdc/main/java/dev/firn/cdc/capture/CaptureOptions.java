package dev.firn.cdc.capture;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.QualifiedName;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * The options of one run of capture.
 *
 * @param leastEpoch the lowest epoch that a new snapshot may have: above every epoch in the lake
 * @param patience how long to wait for a slot that another session holds: the server takes a while
 *     to notice that a producer was killed
 * @param decisions of the operator that an earlier run asked for
 */
public record CaptureOptions(
    Beginning beginning, End end, Duration patience, int leastEpoch, Decisions decisions) {

  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);
  private static final Duration AFTER_A_BREAK = Duration.ofMinutes(2);
  public static final int LOWEST_EPOCH = 1;

  /** The options after a broken connection, which the server may notice later than this run. */
  CaptureOptions resumed() {
    Duration longer = patience.compareTo(AFTER_A_BREAK) > 0 ? patience : AFTER_A_BREAK;
    return new CaptureOptions(Beginning.WHERE_IT_ENDED, end, longer, leastEpoch, Decisions.NONE);
  }

  /** Tables to copy again while the other tables continue. */
  Set<QualifiedName> again() {
    return decisions.again();
  }

  /**
   * What the operator decided.
   *
   * @param again tables to copy again
   * @param accepted tables that miss no change, as the operator knows
   * @param ahead whether to resume although changes were sent that the source does not have
   */
  public record Decisions(Set<QualifiedName> again, Set<QualifiedName> accepted, Ahead ahead) {

    public static final Decisions NONE = new Decisions(Set.of(), Set.of(), Ahead.REFUSED);

    public Decisions {
      again = Set.copyOf(again);
      accepted = Set.copyOf(accepted);
      Objects.requireNonNull(ahead, "ahead");
    }
  }

  /** Whether the lake may be ahead of the source. */
  public enum Ahead {
    REFUSED,
    /** The run begins a new epoch, whose changes win over those that the source does not have. */
    ACCEPTED
  }

  /** Where a run begins. */
  public enum Beginning {
    /** Where the last run ended; with a snapshot when there was none. */
    WHERE_IT_ENDED,
    /** With a new slot and a new snapshot of all tables. */
    NEW_SNAPSHOT
  }

  /** When a run ends. */
  public enum End {
    WHEN_STOPPED,
    /** When everything that was committed before the run followed the log is captured. */
    WHEN_CAUGHT_UP
  }

  public CaptureOptions {
    Objects.requireNonNull(beginning, "beginning");
    Objects.requireNonNull(end, "end");
    Objects.requireNonNull(patience, "patience");
    Objects.requireNonNull(decisions, "decisions");
    if (leastEpoch < LOWEST_EPOCH) {
      throw new OperatorException(
          "Cannot start an epoch: it is not a positive number: " + leastEpoch,
          "Set --epoch to a number above the highest _epoch in the lake.");
    }
  }
}
