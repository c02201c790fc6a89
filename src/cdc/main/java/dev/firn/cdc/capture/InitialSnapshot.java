package dev.firn.cdc.capture;

import dev.firn.cdc.capture.Start.Leftover;
import dev.firn.cdc.event.RowEvents;
import dev.firn.cdc.output.EventOutput;
import dev.firn.cdc.source.CreatedSlot;
import dev.firn.cdc.source.ReplicationSession;
import dev.firn.cdc.source.SnapshotSession;
import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.TableSnapshot;
import dev.firn.console.Progress;
import dev.firn.console.StopSignal;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * Makes the slot and copies every table as it was at the slot's consistent point. The record of it
 * is begun before the slot is made and completed after the last row is on disk, so that a run which
 * dies in between is seen as what it is, and the snapshot is begun again in the next epoch.
 */
final class InitialSnapshot {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int EVENTS_A_TICK = 64;

  private final PipelineConfig config;
  private final Source source;
  private final EventOutput output;
  private final StopSignal stop;

  InitialSnapshot(PipelineConfig config, Source source, EventOutput output, StopSignal stop) {
    this.config = config;
    this.source = source;
    this.output = output;
    this.stop = stop;
  }

  /** Answers the consistent point, from which the stream goes on. */
  long take(Start.Snapshot start, ReplicationSession replication)
      throws IOException, InterruptedException {
    source.state().begin(start.epoch(), replication.identity());
    if (start.leftover() == Leftover.SLOT) {
      source.slots().drop();
    }
    CreatedSlot slot = replication.createSlot();
    try (SnapshotSession snapshot =
        SnapshotSession.enter(source.connections(), config, slot.snapshot())) {
      Instant made = snapshot.clock();
      for (SourceTable table : config.source().tables()) {
        // One byte before: a transaction whose COMMIT record begins exactly at the consistent
        // point is streamed, with the consistent point as its LSN, and has to be later.
        Position first = new Position(start.epoch(), slot.consistentPoint() - 1, 0);
        copy(snapshot, snapshot.open(table), first, made);
      }
    }
    output.drain(PATIENCE);
    source.state().complete(slot.consistentPoint());
    return slot.consistentPoint();
  }

  private void copy(
      SnapshotSession snapshot, TableSnapshot table, Position first, Instant committedAt)
      throws IOException, InterruptedException {
    Positions positions = new Positions(table.table().name(), first);
    RowEvents events = new RowEvents(output);
    try (Progress progress = Progress.onConsole("snapshot of " + table.table().name(), "rows")) {
      if (first.epoch() > 1) {
        // Rows of an earlier epoch that are gone by now have no event that says so.
        events.truncated(table.shape(), positions.next(), committedAt);
      }
      snapshot.copy(
          table,
          row -> {
            events.written(table.shape(), Operation.READ, positions.next(), committedAt, row);
            progress.advance(1);
          });
    }
    source.state().recordTable(table.table().name(), table.oid());
  }

  /** Numbers the events of one table; between two of them is the moment to look around. */
  private final class Positions {
    private final QualifiedName table;
    private final Position first;
    private long count;

    Positions(QualifiedName table, Position first) {
      this.table = table;
      this.first = first;
    }

    Position next() throws IOException, InterruptedException {
      if (stop.isRequested()) {
        throw new InterruptedException(
            "Stopped in the snapshot of " + table + ": the next run begins it again");
      }
      if (count % EVENTS_A_TICK == 0) {
        output.tick();
      }
      while (!output.hasRoom()) {
        output.awaitRoom(PATIENCE);
      }
      return new Position(first.epoch(), first.lsn(), first.seq() + count++);
    }
  }
}
