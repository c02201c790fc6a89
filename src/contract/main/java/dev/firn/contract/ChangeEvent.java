package dev.firn.contract;

import java.time.Instant;
import java.util.Objects;

/**
 * One change of one row (or one TRUNCATE of one table), as it travels from the producer to the
 * lake.
 *
 * @param source the table, and the schema document that types the values
 * @param committedAt commit time of the transaction as its first server recorded it, to the
 *     microsecond; for people, never for order. It may be old by any amount
 */
public record ChangeEvent(
    TableVersion source,
    Operation operation,
    Position position,
    Instant committedAt,
    Origin origin,
    RowImage row) {

  public ChangeEvent {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(committedAt, "committedAt");
    Objects.requireNonNull(origin, "origin");
    Objects.requireNonNull(row, "row");
    if (operation.writesRow() == row.after().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use change event: 'after' is required for c, u and r, and not allowed for d and t:"
              + " op %s at %s".formatted(operation.code(), position));
    }
  }

  /** A change from the log. */
  public ChangeEvent(
      TableVersion source,
      Operation operation,
      Position position,
      Instant committedAt,
      RowImage row) {
    this(source, operation, position, committedAt, Origin.LOG, row);
  }

  public TableToken table() {
    return source.table();
  }
}
