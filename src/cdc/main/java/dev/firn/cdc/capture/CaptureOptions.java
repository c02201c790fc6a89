package dev.firn.cdc.capture;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.QualifiedName;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;

/**
 * What one run of a capture is asked for.
 *
 * @param leastEpoch the lowest epoch that a new snapshot may have: above all that the lake has seen
 * @param patience how long to wait for a slot that another session holds: the server notices only
 *     after a while that a killed producer is gone
 * @param decisions of somebody about what an earlier run could not decide
 */
public record CaptureOptions(
    Beginning beginning, End end, Duration patience, int leastEpoch, Decisions decisions) {

  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);
  private static final Duration AFTER_A_BREAK = Duration.ofMinutes(2);
  public static final int LOWEST_EPOCH = 1;

  /** What is asked for again after a broken connection, which the server may notice later. */
  CaptureOptions resumed() {
    Duration longer = patience.compareTo(AFTER_A_BREAK) > 0 ? patience : AFTER_A_BREAK;
    return new CaptureOptions(Beginning.WHERE_IT_ENDED, end, longer, leastEpoch, Decisions.NONE);
  }

  /** Tables whose snapshot is taken once more, while the others continue. */
  Set<QualifiedName> again() {
    return decisions.again();
  }

  /**
   * What somebody decided.
   *
   * @param again tables to copy once more
   * @param accepted tables of which somebody knows that no change is missing
   * @param ahead what becomes of changes that were sent, and that the source does not have
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
    /** When all is captured that was committed before the run followed the log. */
    WHEN_CAUGHT_UP
  }

  public CaptureOptions {
    Objects.requireNonNull(beginning, "beginning");
    Objects.requireNonNull(end, "end");
    Objects.requireNonNull(patience, "patience");
    Objects.requireNonNull(decisions, "decisions");
    if (leastEpoch < LOWEST_EPOCH) {
      throw new OperatorException(
          "Cannot begin an epoch: it is not a positive number: " + leastEpoch,
          "Give --epoch a number above the highest _epoch in the lake.");
    }
  }
}
