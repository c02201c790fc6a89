package dev.firn.engine.judge;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** How many changes there are of each outcome, and how many events they were folded from. */
public final class Tallies implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Of one outcome. */
  private static final class Tally implements Serializable {

    private static final long serialVersionUID = 1L;

    private long changes;
    private long events;
    private long newest;

    void add(long moreChanges, long moreEvents, long moreNewest) {
      changes += moreChanges;
      events += moreEvents;
      newest += moreNewest;
    }
  }

  private final EnumMap<Outcome, Tally> tallies = new EnumMap<>(Outcome.class);

  public Tallies() {
    for (Outcome outcome : Outcome.values()) {
      tallies.put(outcome, new Tally());
    }
  }

  /**
   * Counts changes.
   *
   * @param events they were folded from
   * @param newest of these, those of the changes' own positions
   */
  public void add(Outcome outcome, long changes, long events, long newest) {
    of(outcome).add(changes, events, newest);
  }

  public void addAll(Tallies other) {
    other.tallies.forEach(
        (outcome, tally) -> add(outcome, tally.changes, tally.events, tally.newest));
  }

  /** Changes of any of these outcomes. */
  public long count(Outcome... outcomes) {
    return Arrays.stream(outcomes).mapToLong(outcome -> of(outcome).changes).sum();
  }

  /** Events that stand in the table now, one a change. */
  public long applied() {
    return sum(outcome -> outcome.isApplied() ? of(outcome).changes : 0);
  }

  /** Events of a position that another event has, or that is in the table already. */
  public long duplicate() {
    return sum(
        outcome ->
            switch (outcome) {
              case SUPERSEDED, FORGOTTEN -> 0;
              case DUPLICATE -> of(outcome).newest;
              default -> of(outcome).newest - of(outcome).changes;
            });
  }

  /** Events of keys that cannot be judged any more. */
  public long forgotten() {
    return of(Outcome.FORGOTTEN).events;
  }

  /** All other events: older than what is known of their keys. */
  public long superseded() {
    return sum(outcome -> of(outcome).events) - applied() - duplicate() - forgotten();
  }

  private Tally of(Outcome outcome) {
    return Objects.requireNonNull(tallies.get(outcome));
  }

  private static long sum(ToLongFunction<Outcome> count) {
    return Arrays.stream(Outcome.values()).mapToLong(count).sum();
  }
}
