package dev.firn.engine.judge;

import dev.firn.contract.Position;
import dev.firn.engine.row.FoldedChange;
import java.io.Serializable;
import java.util.Optional;

/**
 * The position guard: an event changes a row only if its position is greater than the row's, than
 * that of the key's tombstone, and than that of the table's last truncation. Where tombstones of
 * its position are forgotten, it brings no row back.
 *
 * @param truncatedAt rows and events up to it are gone; {@link Position#NONE} without a truncation
 * @param forgottenBelow tombstones up to it are forgotten; {@link Position#NONE} when none are
 */
public record Judge(Position truncatedAt, Position forgottenBelow) implements Serializable {

  /**
   * @param row position of the key's row in the table
   * @param tombstone position of the key's newest tombstone
   * @param completes the change knows some value better than the row, whichever is newer
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

  // A tombstone that is there says nothing of a later one that is not.
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
