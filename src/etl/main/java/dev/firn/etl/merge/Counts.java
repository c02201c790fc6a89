package dev.firn.etl.merge;

import dev.firn.etl.judge.Tallies;

/**
 * What became of the events of a batch. Every event read is exactly one of these.
 *
 * @param applied its values, or its absence of a row, stand in the table now
 * @param superseded an event with a greater position of the same key is known
 * @param duplicate the same position was read before, or stands in the table
 * @param quarantined could not be read or typed, or not judged any more
 */
public record Counts(long applied, long superseded, long duplicate, long quarantined) {

  public static final Counts NONE = new Counts(0, 0, 0, 0);

  static Counts of(Tallies tallies) {
    return new Counts(
        tallies.applied(), tallies.superseded(), tallies.duplicate(), tallies.forgotten());
  }

  public Counts plus(Counts other) {
    return new Counts(
        applied + other.applied,
        superseded + other.superseded,
        duplicate + other.duplicate,
        quarantined + other.quarantined);
  }

  public long total() {
    return applied + superseded + duplicate + quarantined;
  }
}
