package dev.firn.cdc.snapshot;

import dev.firn.cdc.event.RowEvents;
import dev.firn.cdc.output.EventOutput;
import dev.firn.cdc.output.OutputCounts;
import dev.firn.cdc.output.Outputs;
import dev.firn.cdc.source.SnapshotSession;
import dev.firn.cdc.source.Source;
import dev.firn.console.StopSignal;
import dev.firn.contract.Origin;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Copies tables at one point of the log, range by range, by several sessions that share the slot's
 * exported snapshot. One more session locks the tables meanwhile, so that only their rows can
 * change. A range counts as copied when all its events are durable. After a break the remaining
 * ranges are copied at a later point; the stream has every change since the first point, so the
 * result is consistent.
 */
public final class TableCopies implements AutoCloseable {

  /** PostgreSQL finds rows by their blocks without reading all others (TID Range Scan). */
  private static final int RANGES_SINCE = 140000;

  private static final long NO_RANGES = Long.MAX_VALUE / 4096;
  private static final Duration PATIENCE = Duration.ofMinutes(10);

  private final PipelineConfig config;
  private final Outputs outputs;
  private final SnapshotPoint point;
  private final Source source;
  private final SnapshotSession holder;
  private final List<TableCopy> copies = new ArrayList<>();
  private final OutputCounts counts = new OutputCounts();

  private TableCopies(
      PipelineConfig config,
      Outputs outputs,
      SnapshotPoint point,
      Source source,
      SnapshotSession holder) {
    this.config = config;
    this.outputs = outputs;
    this.point = point;
    this.source = source;
    this.holder = holder;
  }

  /**
   * Enters the snapshot, and records that the copies have started.
   *
   * @param tables to copy, completely or what remains after a break
   */
  public static TableCopies begin(
      PipelineConfig config, Outputs outputs, SnapshotPoint point, List<SourceTable> tables) {
    Source source = Source.open(config.source());
    SnapshotSession holder =
        SnapshotSession.enter(source.sessions(), config, point.slot().snapshot());
    TableCopies begun = new TableCopies(config, outputs, point, source, holder);
    try {
      tables.forEach(begun::plan);
      return begun;
    } catch (RuntimeException e) {
      begun.close();
      throw e;
    }
  }

  private void plan(SourceTable table) {
    long blocks = source.version() < RANGES_SINCE ? NO_RANGES : TableRange.BLOCKS;
    copies.add(TableCopy.plan(holder, holder.open(table), point, source.snapshots(), blocks));
  }

  /**
   * Copies the tables; returns when they are complete.
   *
   * @throws InterruptedException when a stop was requested before that
   */
  public void copy(Lake lake, StopSignal stop) throws IOException, InterruptedException {
    Instant made = holder.clock();
    clear(made, lake);
    Queue<RangeCopy> ranges = new ConcurrentLinkedQueue<>();
    for (TableCopy copy : copies) {
      copy.ranges().forEach(range -> ranges.add(new RangeCopy(copy, range, point, made)));
    }
    CopyRecords records = new CopyRecords(source.snapshots(), outputs, point);
    for (TableCopy copy : copies) {
      // A partitioned table may have no partition yet.
      if (copy.ranges().isEmpty()) {
        records.complete(copy);
      }
    }
    new CopySessions(config, outputs, stop, counts).run(ranges, source, records);
  }

  /** The counts of the copied rows, once the copy is complete. */
  public OutputCounts counts() {
    return counts;
  }

  @Override
  public void close() {
    holder.close();
    source.close();
  }

  // Rows that were deleted in the source since the lake got them have no event.
  private void clear(Instant made, Lake lake) throws IOException, InterruptedException {
    try (EventOutput output = outputs.open()) {
      RowEvents events = new RowEvents(output, Origin.SNAPSHOT);
      for (TableCopy copy : copies) {
        if (copy.beginning() == TableCopy.Beginning.FROM_START && lake == Lake.HAS_ROWS) {
          events.truncated(copy.table().shape(), point.position(0), made);
        }
      }
      if (!output.drain(PATIENCE)) {
        throw new IllegalStateException("Cannot start the snapshot: the output accepts no events");
      }
      counts.add(output.counts());
    }
  }
}
