package dev.firn.cdc.snapshot;

import dev.firn.cdc.output.Outputs;
import dev.firn.cdc.source.SnapshotState;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.fault.Failpoint;
import dev.firn.pipeline.QualifiedName;
import java.io.IOException;

/**
 * Records what was copied: each range in the source, so that it is not copied again after a break,
 * and each complete table in the raw zone, so that merge knows that the copy is complete. The
 * record in the raw zone is written before the source records that the table is complete: a run
 * that dies in between copies the newest rows again, and writes another record. Thread-safe.
 */
final class CopyRecords {

  private final SnapshotState state;
  private final Outputs outputs;
  private final SnapshotPoint point;

  CopyRecords(SnapshotState state, Outputs outputs, SnapshotPoint point) {
    this.state = state;
    this.outputs = outputs;
    this.point = point;
  }

  /** The name of the exported snapshot that the rows are read from. */
  String snapshot() {
    return point.slot().snapshot();
  }

  /** Every event of the range is durable. */
  synchronized void finish(RangeCopy range, SnapshotRecord.Run run) throws IOException {
    TableCopy copy = range.copy();
    state.finish(copy.table().table().name(), range.range().finished(), run);
    if (copy.finishedRange()) {
      complete(copy);
    }
  }

  /** Every range of the table is finished. */
  synchronized void complete(TableCopy copy) throws IOException {
    QualifiedName name = copy.table().table().name();
    Failpoint.CAPTURE_COPIED.pass();
    outputs.record(
        new SnapshotRecord(
            copy.table().table().token(),
            point.epoch(),
            point.position(0).lsn(),
            state.runs(name)));
    Failpoint.CAPTURE_COPY_RECORDED.pass();
    state.complete(name);
  }
}
