package dev.firn.etl.judge;

import java.io.Serializable;
import java.util.Arrays;
import java.util.function.ToLongFunction;

/** How many changes there are of each outcome, and how many events they were folded from. */
public final class Tallies implements Serializable {

  private static final long serialVersionUID = 1L;

  private final long[] changes = new long[Outcome.values().length];
  private final long[] events = new long[changes.length];
  private final long[] newest = new long[changes.length];

  /**
   * Counts changes.
   *
   * @param itsEvents they were folded from
   * @param itsNewest of these, those of the changes' own positions
   */
  public void add(Outcome outcome, long more, long itsEvents, long itsNewest) {
    changes[outcome.ordinal()] += more;
    events[outcome.ordinal()] += itsEvents;
    newest[outcome.ordinal()] += itsNewest;
  }

  public void addAll(Tallies other) {
    for (Outcome outcome : Outcome.values()) {
      int i = outcome.ordinal();
      add(outcome, other.changes[i], other.events[i], other.newest[i]);
    }
  }

  /** Changes of any of these outcomes. */
  public long of(Outcome... outcomes) {
    return Arrays.stream(outcomes).mapToLong(outcome -> changes[outcome.ordinal()]).sum();
  }

  /** Events that stand in the table now, one a change. */
  public long applied() {
    return sum(outcome -> outcome.isApplied() ? changes[outcome.ordinal()] : 0);
  }

  /** Events of a position that another event has, or that is in the table already. */
  public long duplicate() {
    return sum(
        outcome ->
            switch (outcome) {
              case SUPERSEDED -> 0;
              case DUPLICATE -> newest[outcome.ordinal()];
              default -> newest[outcome.ordinal()] - changes[outcome.ordinal()];
            });
  }

  /** All other events: older than what is known of their keys. */
  public long superseded() {
    return Arrays.stream(events).sum() - applied() - duplicate();
  }

  private static long sum(ToLongFunction<Outcome> count) {
    return Arrays.stream(Outcome.values()).mapToLong(count).sum();
  }
}
