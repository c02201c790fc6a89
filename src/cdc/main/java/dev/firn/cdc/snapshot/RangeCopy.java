package dev.firn.cdc.snapshot;

import dev.firn.cdc.event.RowEvents;
import dev.firn.cdc.event.TableShape;
import dev.firn.cdc.output.EventOutput;
import dev.firn.cdc.source.SnapshotSession;
import dev.firn.cdc.source.TableSnapshot;
import dev.firn.console.StopSignal;
import dev.firn.contract.Operation;
import dev.firn.contract.Origin;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.fault.Failpoint;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;

/**
 * One range of one table, as a task.
 *
 * @param made when the snapshot was taken
 */
record RangeCopy(TableCopy copy, TableRange range, SnapshotPoint point, Instant made) {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int ROWS_A_TICK = 256;

  /**
   * Copies all rows into the output; they are not yet durable when this returns.
   *
   * @param progress receives the number of rows every now and then
   * @return the positions of the rows
   * @throws InterruptedException when a stop is requested
   */
  SnapshotRecord.Run run(
      SnapshotSession session, EventOutput output, StopSignal stop, LongConsumer progress)
      throws IOException, InterruptedException {
    TableSnapshot table = copy.table();
    TableShape shape = table.shape();
    RowEvents events = new RowEvents(output, Origin.SNAPSHOT);
    long first = range.firstPlace();
    long[] rows = {0};
    session.copy(
        table,
        range.part(),
        range.condition(),
        row -> {
          while (!output.hasRoom()) {
            refuseStop(stop);
            output.awaitRoom(PATIENCE);
          }
          events.written(shape, Operation.READ, point.position(first + rows[0]), made, row);
          if (++rows[0] % ROWS_A_TICK == 0) {
            refuseStop(stop);
            Failpoint.CAPTURE_COPYING.pass();
            output.tick();
            progress.accept(ROWS_A_TICK);
          }
        });
    progress.accept(rows[0] % ROWS_A_TICK);
    return new SnapshotRecord.Run(point.position(first).lsn(), first, rows[0]);
  }

  private void refuseStop(StopSignal stop) throws InterruptedException {
    if (stop.isRequested()) {
      throw new InterruptedException(
          "Stopped in the snapshot of "
              + copy.table().table().name()
              + ": the next run continues it");
    }
  }
}
