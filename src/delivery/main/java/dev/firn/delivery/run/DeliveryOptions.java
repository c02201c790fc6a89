package dev.firn.delivery.run;

import dev.firn.delivery.write.Oddity;
import java.util.Objects;
import java.util.Set;

/**
 * When a run ends, and the oddities that tests ask for.
 *
 * @param oddities of the files it writes; used only in tests
 */
public record DeliveryOptions(End end, Set<Oddity> oddities) {

  /** The end condition of a run. */
  public enum End {
    WHEN_CAUGHT_UP,
    WHEN_STOPPED
  }

  public DeliveryOptions {
    Objects.requireNonNull(end, "end");
    oddities = Set.copyOf(oddities);
  }
}
