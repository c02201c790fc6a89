package dev.firn.engine.judge;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Objects;
import java.util.function.ToLongFunction;

/** The number of changes of each outcome, and of the events from which they were folded. */
public final class Tallies implements Serializable {

  private static final long serialVersionUID = 1L;

  /** The counts of one outcome. */
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
   * @param events from which the changes were folded
   * @param newest the events among them that have the changes' own positions
   */
  public void add(Outcome outcome, long changes, long events, long newest) {
    of(outcome).add(changes, events, newest);
  }

  public void addAll(Tallies other) {
    other.tallies.forEach(
        (outcome, tally) -> add(outcome, tally.changes, tally.events, tally.newest));
  }

  /** The number of changes with any of these outcomes. */
  public long count(Outcome... outcomes) {
    return Arrays.stream(outcomes).mapToLong(outcome -> of(outcome).changes).sum();
  }

  /** Events that are now in the table, one for each change. */
  public long applied() {
    return sum(outcome -> outcome.isApplied() ? of(outcome).changes : 0);
  }

  /** Events with the same position as another event or as the table. */
  public long duplicate() {
    return sum(
        outcome ->
            switch (outcome) {
              case SUPERSEDED, FORGOTTEN -> 0;
              case DUPLICATE -> of(outcome).newest;
              default -> of(outcome).newest - of(outcome).changes;
            });
  }

  /** Events of keys that can no longer be judged. */
  public long forgotten() {
    return of(Outcome.FORGOTTEN).events;
  }

  /** All other events: they are older than the newest known state of their keys. */
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
