package dev.firn.cdc.capture;

import java.time.Duration;
import java.util.Objects;

/**
 * What one run of a capture is asked for.
 *
 * @param patience how long to wait for a slot that another session holds: the server notices only
 *     after a while that a killed producer is gone
 */
public record CaptureOptions(Beginning beginning, End end, Duration patience) {

  public static final Duration DEFAULT_PATIENCE = Duration.ofSeconds(10);

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
  }
}
