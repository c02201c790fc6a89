package dev.firn.cdc.capture;

import dev.firn.cdc.capture.Start.Lake;
import dev.firn.cdc.capture.Start.Leftover;
import dev.firn.cdc.event.TableShape;
import dev.firn.cdc.source.CreatedSlot;
import dev.firn.cdc.source.ReplicationSession;
import dev.firn.cdc.source.SlotKind;
import dev.firn.cdc.source.SnapshotSession;
import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.TableSnapshot;
import dev.firn.console.Progress;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.RowImage;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceTable;
import java.io.IOException;
import java.time.Instant;

/**
 * Makes the slot and copies every table as it was at the slot's consistent point. The record of it
 * is begun before the slot is made and completed after the last row is on disk, so that a run which
 * dies in between is seen as what it is, and the snapshot is begun again in the next epoch.
 */
final class InitialSnapshot {

  private final PipelineConfig config;
  private final Source source;
  private final RawOutput raw;
  private final StopSignal stop;

  InitialSnapshot(PipelineConfig config, Source source, RawOutput raw, StopSignal stop) {
    this.config = config;
    this.source = source;
    this.raw = raw;
    this.stop = stop;
  }

  /** Answers the consistent point, from which the stream goes on. */
  long take(Start.Snapshot start, ReplicationSession replication)
      throws IOException, InterruptedException {
    SlotKind kind = SlotKind.of(config.source().options().failover(), source.version());
    source.state().begin(start.epoch(), replication.identity());
    if (start.leftover() == Leftover.SLOT) {
      source.slots().drop();
    }
    CreatedSlot slot = replication.createSlot(kind);
    try (SnapshotSession snapshot =
        SnapshotSession.enter(source.connections(), config, slot.snapshot())) {
      Instant made = snapshot.clock();
      for (SourceTable table : config.source().tables()) {
        // One byte before: a transaction whose COMMIT record begins exactly at the consistent
        // point is streamed, with the consistent point as its LSN, and has to be later.
        Position first = new Position(start.epoch(), slot.consistentPoint() - 1, 0);
        TableSnapshot opened = snapshot.open(table);
        Rows rows = new Rows(opened.shape(), first, made);
        if (start.lake() == Lake.HAS_ROWS) {
          // Rows of an earlier epoch that are gone by now have no event that says so.
          rows.emit(Operation.TRUNCATE, RowImage.EMPTY);
        }
        copy(snapshot, opened, rows);
      }
    }
    raw.flush();
    source.state().complete(slot.consistentPoint());
    return slot.consistentPoint();
  }

  private void copy(SnapshotSession snapshot, TableSnapshot table, Rows rows)
      throws IOException, InterruptedException {
    try (Progress progress = Progress.onConsole("snapshot of " + table.table().name(), "rows")) {
      snapshot.copy(
          table,
          row -> {
            rows.emit(Operation.READ, table.shape().written(row));
            progress.advance(1);
          });
    }
    source.state().recordTable(table.table().name(), table.oid());
  }

  /** Numbers the events of one table. */
  private final class Rows {

    private final TableShape shape;
    private final Position first;
    private final Instant committedAt;
    private long count;

    Rows(TableShape shape, Position first, Instant committedAt) {
      this.shape = shape;
      this.first = first;
      this.committedAt = committedAt;
    }

    void emit(Operation operation, RowImage row) throws IOException, InterruptedException {
      if (stop.isRequested()) {
        throw new InterruptedException(
            "Stopped in the snapshot of " + shape.name() + ": the next run begins it again");
      }
      Position position = new Position(first.epoch(), first.lsn(), first.seq() + count++);
      raw.append(shape, new ChangeEvent(shape.version(), operation, position, committedAt, row));
      if (raw.isFlushDue()) {
        raw.flush();
      }
    }
  }
}
