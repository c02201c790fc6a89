package dev.firn.cdc.capture;

import dev.firn.cdc.source.CaptureState;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Numbers the beginnings. Positions compare the epoch first, so that a new one must be above all
 * that the lake has ever seen, also when the record of those is lost: it is the number of minutes
 * since 2020 on the server's clock (an int until the year 6103), one more than the recorded one
 * where the clock ran back, and at least what the operator asks for.
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
