package dev.firn.contract;

import java.time.Instant;
import java.util.Objects;

/**
 * One change of one row (or one TRUNCATE of one table), as it travels from the producer to the
 * lake.
 *
 * @param source the table, and the schema document that types the values
 * @param committedAt commit time of the transaction, to the microsecond; for people and for the
 *     hour folder, never for order
 */
public record ChangeEvent(
    TableVersion source,
    Operation operation,
    Position position,
    Instant committedAt,
    RowImage row) {

  public ChangeEvent {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(committedAt, "committedAt");
    Objects.requireNonNull(row, "row");
    if (operation.writesRow() == row.after().isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot use change event: after is there for c, u and r, and absent for d and t: op %s at %s"
              .formatted(operation.code(), position));
    }
  }

  public TableToken table() {
    return source.table();
  }

  /**
   * Whole seconds since 1970: what Firehose's jq needs to find the hour folder, and nothing else.
   */
  public long eventTimestamp() {
    return committedAt.getEpochSecond();
  }
}
