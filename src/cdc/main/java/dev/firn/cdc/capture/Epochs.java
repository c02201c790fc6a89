package dev.firn.cdc.capture;

import dev.firn.cdc.source.CaptureState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Chooses the epoch of a new snapshot. Positions are compared by epoch first, so a new epoch must
 * be above every epoch the lake has ever seen, even if the record of those is lost. It is the
 * number of minutes since 2020 on the server's clock (an int until the year 6103); one more than
 * the recorded epoch if the clock ran back; and at least what the operator asks for.
 *
 * @param minutes since 2020
 * @param least that the operator asks for
 */
record Epochs(int minutes, int least) {

  private static final Instant ZERO = Instant.parse("2020-01-01T00:00:00Z");

  static Epochs at(Instant now, int least) {
    return new Epochs((int) Duration.between(ZERO, now).toMinutes(), least);
  }

  int next(Optional<CaptureState> recorded) {
    int above = recorded.map(state -> state.epoch() + 1).orElse(1);
    return Math.max(Math.max(above, minutes), least);
  }
}
