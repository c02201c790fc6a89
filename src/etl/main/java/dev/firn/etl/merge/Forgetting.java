package dev.firn.etl.merge;

import dev.firn.contract.Position;
import dev.firn.contract.TableToken;
import dev.firn.engine.batch.BatchContext;
import dev.firn.engine.publish.NextProgress;
import dev.firn.engine.table.MirrorTable;
import dev.firn.engine.table.Tombstones;
import java.time.Instant;

/**
 * Decides which tombstones of the table expire with a batch: whole days that are past their
 * retention, and none while a copy of the table is incomplete, because its rows may be older than
 * the deletes. The batch first publishes the new limit; only then are the tombstones removed.
 */
final class Forgetting {

  private final Tombstones tombstones;
  private final BatchContext commit;
  private final Instant day;
  private final Position highest;

  private Forgetting(Tombstones tombstones, BatchContext commit, Instant day, Position highest) {
    this.tombstones = tombstones;
    this.commit = commit;
    this.day = day;
    this.highest = highest;
  }

  static Forgetting of(MergeContext context, MirrorTable target, BatchContext commit) {
    Tombstones tombstones = new Tombstones(context.lake(), target);
    Instant day = commit.manifest().forgetBefore(context.config().merge().tombstones());
    Position highest = tombstones.highestBefore(context.spark(), day);
    boolean isKept =
        !highest.equals(Position.NONE)
            && isCopyOpen(context, target.token(), commit.manifest().copied());
    return new Forgetting(tombstones, commit, day, isKept ? Position.NONE : highest);
  }

  private static boolean isCopyOpen(MergeContext context, TableToken table, Position copied) {
    return !copied.equals(Position.NONE)
        && context.raw().snapshotRecords(table).stream()
            .map(record -> new Position(record.epoch(), record.lsn(), Long.MAX_VALUE))
            .noneMatch(complete -> complete.isAfter(copied));
  }

  /** The table's progress once the batch is published. */
  NextProgress next() {
    return commit.next(highest);
  }

  /** Removes the expired tombstones; call it only after the batch is published. */
  void carryOut() {
    if (!highest.equals(Position.NONE)) {
      tombstones.forget(day);
    }
  }
}
