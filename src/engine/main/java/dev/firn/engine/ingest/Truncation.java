package dev.firn.engine.ingest;

import dev.firn.contract.Position;

/**
 * The newest TRUNCATE of a table among those seen.
 *
 * @param events all that were seen
 * @param newest how many of them have this position: more than one is a duplicate
 */
public record Truncation(Position position, long events, long newest) implements Gathered {

  static Truncation of(Position position) {
    return new Truncation(position, 1, 1);
  }

  /** What two of one table come to; the order of the two does not matter. */
  public Truncation combine(Truncation other) {
    int order = position.compareTo(other.position);
    Truncation later = order >= 0 ? this : other;
    long same = order == 0 ? newest + other.newest : later.newest;
    return new Truncation(later.position, events + other.events, same);
  }
}
