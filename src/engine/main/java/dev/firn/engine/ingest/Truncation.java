package dev.firn.engine.ingest;

import dev.firn.contract.Position;

/**
 * The newest TRUNCATE of a table among those read.
 *
 * @param events the number of all TRUNCATEs that were read
 * @param newest the number that have this position: all but one are duplicates
 */
public record Truncation(Position position, long events, long newest) implements Gathered {

  static Truncation of(Position position) {
    return new Truncation(position, 1, 1);
  }

  /** Combines two truncations of one table; their order does not matter. */
  public Truncation combine(Truncation other) {
    int order = position.compareTo(other.position);
    Truncation later = order >= 0 ? this : other;
    long same = order == 0 ? newest + other.newest : later.newest;
    return new Truncation(later.position, events + other.events, same);
  }
}
