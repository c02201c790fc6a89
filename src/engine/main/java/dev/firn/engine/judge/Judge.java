package dev.firn.engine.judge;

import dev.firn.contract.Position;
import dev.firn.engine.row.FoldedChange;
import java.io.Serializable;
import java.util.Optional;

/**
 * The position guard: an event changes a row only if its position is greater than the row's, the
 * position of the key's tombstone, and the position of the table's last truncation. If tombstones
 * of the event's position have expired, the event does not bring a row back.
 *
 * @param truncatedAt rows and events up to it are removed; {@link Position#NONE} without a
 *     truncation
 * @param forgottenBelow tombstones up to it have expired; {@link Position#NONE} if none have
 */
public record Judge(Position truncatedAt, Position forgottenBelow) implements Serializable {

  /**
   * @param row position of the key's row in the table
   * @param tombstone position of the key's newest tombstone
   * @param completes the change has a newer value than the row for some column, even if the row is
   *     newer
   */
  public Outcome of(
      FoldedChange change,
      Optional<Position> row,
      Optional<Position> tombstone,
      boolean completes) {
    int buried = tombstone.map(change::compareTo).orElse(1);
    if (change.compareTo(truncatedAt) <= 0 || (buried <= 0 && !change.isDeleted())) {
      return Outcome.SUPERSEDED;
    }
    if (row.isEmpty()) {
      return withoutRow(change, buried);
    }
    int order = change.compareTo(row.get());
    if (change.isDeleted()) {
      return order > 0 ? Outcome.DELETE : Outcome.SUPERSEDED;
    }
    if (order > 0) {
      return Outcome.UPDATE;
    }
    if (completes) {
      return Outcome.COMPLETE;
    }
    return order == 0 ? Outcome.DUPLICATE : Outcome.SUPERSEDED;
  }

  // An existing tombstone does not prove that there was no later one, which has expired.
  private Outcome withoutRow(FoldedChange change, int buried) {
    if (!change.isDeleted()) {
      return change.compareTo(forgottenBelow) <= 0 ? Outcome.FORGOTTEN : Outcome.INSERT;
    }
    if (buried > 0) {
      return Outcome.REMEMBER;
    }
    return buried == 0 ? Outcome.DUPLICATE : Outcome.SUPERSEDED;
  }
}
