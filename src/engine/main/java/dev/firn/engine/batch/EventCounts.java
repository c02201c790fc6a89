package dev.firn.engine.batch;

import dev.firn.engine.judge.Tallies;

/**
 * The outcomes of a batch's events. Every event read is counted in exactly one of these.
 *
 * @param applied the event's change is now in the table
 * @param superseded an event of the same key with a greater position was already applied
 * @param duplicate an event with the same position was already read, or is already in the table
 * @param quarantined the event could not be read or typed, or can no longer be judged
 */
public record EventCounts(long applied, long superseded, long duplicate, long quarantined) {

  public static final EventCounts NONE = new EventCounts(0, 0, 0, 0);

  public static EventCounts of(Tallies tallies) {
    return new EventCounts(
        tallies.applied(), tallies.superseded(), tallies.duplicate(), tallies.forgotten());
  }

  public EventCounts plus(EventCounts other) {
    return new EventCounts(
        applied + other.applied,
        superseded + other.superseded,
        duplicate + other.duplicate,
        quarantined + other.quarantined);
  }

  public long total() {
    return applied + superseded + duplicate + quarantined;
  }
}
