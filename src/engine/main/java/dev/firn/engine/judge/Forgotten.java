package dev.firn.engine.judge;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes of a batch that can no longer be judged.
 *
 * @param named some of them, {@link #MOST} at most
 * @param changes the number of all of them
 */
public record Forgotten(List<ForgottenChange> named, long changes) implements Serializable {

  /**
   * The largest number of named changes, so that the driver's memory does not grow with the events.
   */
  public static final int MOST = 10_000;

  public static final Forgotten NONE = new Forgotten(List.of(), 0);

  public Forgotten {
    named = List.copyOf(named.subList(0, Math.min(named.size(), MOST)));
  }

  public Forgotten plus(Forgotten other) {
    List<ForgottenChange> all = new ArrayList<>(named);
    all.addAll(other.named);
    return new Forgotten(all, changes + other.changes);
  }
}
