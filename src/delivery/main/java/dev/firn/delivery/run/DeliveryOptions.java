package dev.firn.delivery.run;

import dev.firn.delivery.write.Oddity;
import java.util.Objects;
import java.util.Set;

/**
 * How a run ends, and what tests want of it.
 *
 * @param oddities of the files it writes; none but in tests
 */
public record DeliveryOptions(End end, Set<Oddity> oddities) {

  /** When a run is done by itself. */
  public enum End {
    WHEN_CAUGHT_UP,
    WHEN_STOPPED
  }

  public DeliveryOptions {
    Objects.requireNonNull(end, "end");
    oddities = Set.copyOf(oddities);
  }
}
