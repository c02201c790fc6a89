package dev.firn.etl.ingest;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * What the events of one key, as far as they were seen, come to: the row after the newest of them,
 * or its absence. Folding is commutative and associative, so neither the order of events nor the
 * split into files and tasks matters: the newest event decides whether there is a row, and each
 * column has the value that was last known of it. A delete makes every column known, as null.
 */
public final class ChangedRow implements Gathered {

  private static final long serialVersionUID = 1L;

  private final Position position;
  private final Instant committedAt;
  private final Operation operation;
  private final Object[] values;
  private final Position[] knownAt;
  private final long events;
  private final long newest;

  /**
   * @param values in the order of the lake's source columns; of a deleted row the key's alone
   * @param knownAt the position each value comes from; null where all come from {@code position}
   * @param events all of this key that were seen
   * @param newest how many of them have this position: more than one is a duplicate
   */
  private ChangedRow(
      ChangedRow newestRow, Object[] values, Position[] knownAt, long events, long newest) {
    this.position = newestRow.position;
    this.committedAt = newestRow.committedAt;
    this.operation = newestRow.operation;
    this.values = values;
    this.knownAt = knownAt;
    this.events = events;
    this.newest = newest;
  }

  private ChangedRow(ChangeEvent event, Object[] values, Position[] knownAt) {
    this.position = event.position();
    this.committedAt = event.committedAt();
    this.operation = event.operation();
    this.values = values;
    this.knownAt = knownAt;
    this.events = 1;
    this.newest = 1;
  }

  /** The row an event writes. */
  static ChangedRow written(ChangeEvent event, Object[] values, int[] unchanged) {
    if (unchanged.length == 0) {
      return new ChangedRow(event, values, null);
    }
    Position[] knownAt = new Position[values.length];
    Arrays.fill(knownAt, event.position());
    for (int ordinal : unchanged) {
      knownAt[ordinal] = Position.NONE;
    }
    return new ChangedRow(event, values, knownAt);
  }

  /** The absence an event leaves, or the row of a change log that says so. */
  static ChangedRow withoutRow(ChangeEvent event, Object[] values) {
    return new ChangedRow(event, values, null);
  }

  @Override
  public ChangedRow combine(Gathered gathered) {
    ChangedRow other = (ChangedRow) gathered;
    int order = position.compareTo(other.position);
    ChangedRow later = order >= 0 ? this : other;
    ChangedRow earlier = order >= 0 ? other : this;
    long same = order == 0 ? newest + other.newest : later.newest;
    long seen = events + other.events;
    if (later.knownAt == null) {
      return new ChangedRow(later, later.values, null, seen, same);
    }
    Object[] merged = later.values.clone();
    Position[] known = later.knownAt.clone();
    for (int i = 0; i < merged.length; i++) {
      if (earlier.knownAt(i).isAfter(known[i])) {
        known[i] = earlier.knownAt(i);
        merged[i] = earlier.isDelete() ? null : earlier.values[i];
      }
    }
    return new ChangedRow(later, merged, known, seen, same);
  }

  public Position position() {
    return position;
  }

  public Instant committedAt() {
    return committedAt;
  }

  public Operation operation() {
    return operation;
  }

  public boolean isDelete() {
    return operation == Operation.DELETE;
  }

  public List<Object> values() {
    return Arrays.asList(values);
  }

  /** The position a column's value comes from; {@link Position#NONE} where it is unknown. */
  public Position knownAt(int ordinal) {
    return knownAt == null ? position : knownAt[ordinal];
  }

  /** Some value is older than the row. */
  public boolean hasUnchanged() {
    return knownAt != null && Arrays.stream(knownAt).anyMatch(known -> position.isAfter(known));
  }

  public long events() {
    return events;
  }

  public long newest() {
    return newest;
  }
}
