package dev.firn.bench.merge.data;

import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import java.time.Instant;

/**
 * One change of one row.
 *
 * @param version of the row it writes
 */
record Change(Operation operation, long id, long version, Position position, Instant committedAt) {

  private static final Instant SNAPSHOT_AT = Instant.parse("2026-07-01T00:00:00Z");
  private static final long SNAPSHOT_LSN = (1L << 24) - 1;

  /** The row as the initial snapshot reads it. */
  static Change read(long id) {
    return new Change(Operation.READ, id, 0, new Position(1, SNAPSHOT_LSN, id - 1), SNAPSHOT_AT);
  }
}
