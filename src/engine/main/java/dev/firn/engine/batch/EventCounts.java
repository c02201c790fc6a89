package dev.firn.engine.batch;

import dev.firn.engine.judge.Tallies;

/**
 * What became of the events of a batch. Every event read is exactly one of these.
 *
 * @param applied its values, or its absence of a row, stand in the table now
 * @param superseded an event with a greater position of the same key is known
 * @param duplicate the same position was read before, or stands in the table
 * @param quarantined could not be read or typed, or not judged any more
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
