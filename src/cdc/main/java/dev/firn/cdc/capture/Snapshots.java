package dev.firn.cdc.capture;

import dev.firn.cdc.capture.Start.Leftover;
import dev.firn.cdc.output.OutputCounts;
import dev.firn.cdc.output.Outputs;
import dev.firn.cdc.snapshot.Lake;
import dev.firn.cdc.snapshot.SnapshotPoint;
import dev.firn.cdc.snapshot.TableCopies;
import dev.firn.cdc.source.CapturedTable;
import dev.firn.cdc.source.CreatedSlot;
import dev.firn.cdc.source.ReplicationSession;
import dev.firn.cdc.source.SlotKind;
import dev.firn.cdc.source.Source;
import dev.firn.console.Notices;
import dev.firn.console.StopSignal;
import dev.firn.contract.fault.Failpoint;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * The snapshots of a run: of all tables when the slot is created, or of missing tables while the
 * stream continues. Positions put rows and changes in order, whichever is written first.
 */
final class Snapshots implements AutoCloseable {

  private final PipelineConfig config;
  private final Outputs outputs;
  private final SentLog sent;
  private final StopSignal stop;
  private final Notices notices;
  private final OutputCounts counts = new OutputCounts();
  private final StopSignal ending = new StopSignal();
  private Optional<FutureTask<Void>> beside = Optional.empty();

  Snapshots(
      PipelineConfig config, Outputs outputs, SentLog sent, StopSignal stop, Notices notices) {
    this.config = config;
    this.outputs = outputs;
    this.sent = sent;
    this.stop = stop;
    this.notices = notices;
  }

  /**
   * Creates the slot and copies every table. The state is recorded before and after the slot is
   * created: a run that dies in between starts again in the next epoch; a run that dies later
   * continues with the missing tables.
   *
   * @return the consistent point, from which the stream continues
   */
  long takeAll(Start.Snapshot start, Source source, ReplicationSession replication)
      throws IOException, InterruptedException {
    SlotKind kind = SlotKind.of(config.source().options().failover(), source.version());
    source.state().begin(start.epoch(), replication.identity());
    sent.begin(replication.identity(), start.epoch(), source.endOfLog());
    if (start.leftover() == Leftover.SLOT) {
      source.slots().drop();
    }
    CreatedSlot slot = replication.createSlot(kind);
    Failpoint.CAPTURE_SLOT_MADE.pass();
    source.state().recordSlot(slot.consistentPoint());
    copy(point(start.epoch(), slot), config.source().tables(), start.lake());
    return slot.consistentPoint();
  }

  /**
   * Copies the tables without a complete snapshot, and returns when they are complete.
   *
   * @param setAside tables that need a decision; they were not checked and are not copied
   */
  void takeMissing(int epoch, Source source, Set<QualifiedName> setAside)
      throws IOException, InterruptedException {
    List<SourceTable> missing = missing(source, setAside);
    if (missing.isEmpty()) {
      return;
    }
    tell(missing);
    try (ReplicationSession replication = source.sessions().replication()) {
      copy(point(epoch, replication.createPassingSlot()), missing, Lake.HAS_ROWS);
    }
  }

  /** Starts to copy them and returns; {@link #check()} reports a failure. */
  void beginMissing(int epoch, Source source, Set<QualifiedName> setAside) throws IOException {
    List<SourceTable> missing = missing(source, setAside);
    if (missing.isEmpty()) {
      return;
    }
    tell(missing);
    ReplicationSession replication = source.sessions().replication();
    SnapshotPoint point = point(epoch, replication.createPassingSlot());
    TableCopies copies = TableCopies.begin(config, outputs, point, missing);
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              try (replication;
                  copies) {
                copies.copy(Lake.HAS_ROWS, ending);
                add(copies.counts());
                notices.accept("the snapshot of " + names(missing) + " is complete");
              }
              return null;
            });
    beside = Optional.of(task);
    new Thread(task, "snapshots").start();
  }

  /** Throws the failure of the copies that run in parallel to the stream, if any. */
  void check() throws IOException, InterruptedException {
    if (beside.isPresent() && beside.get().isDone()) {
      settle(beside.get());
      beside = Optional.empty();
    }
  }

  SentLog sent() {
    return sent;
  }

  /** What was copied. */
  synchronized OutputCounts counts() {
    return counts;
  }

  /** Ends the copies that run in parallel: without the stream they are useless. */
  @Override
  public void close() throws IOException {
    ending.request();
    if (beside.isPresent()) {
      try {
        settle(beside.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void settle(FutureTask<Void> task) throws IOException, InterruptedException {
    try {
      task.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (!ending.isRequested()) {
        throw new IllegalStateException("Cannot copy tables", e.getCause());
      }
    }
  }

  private SnapshotPoint point(int epoch, CreatedSlot slot) throws IOException {
    SnapshotPoint point = new SnapshotPoint(epoch, slot);
    sent.allowRows(point.position(0).lsn());
    return point;
  }

  private void copy(SnapshotPoint point, List<SourceTable> tables, Lake lake)
      throws IOException, InterruptedException {
    try (TableCopies copies = TableCopies.begin(config, outputs, point, tables)) {
      copies.copy(lake, stop);
      add(copies.counts());
    }
  }

  private synchronized void add(OutputCounts more) {
    counts.add(more);
  }

  private List<SourceTable> missing(Source source, Set<QualifiedName> setAside) {
    Map<QualifiedName, CapturedTable> captured = source.snapshots().tables();
    List<SourceTable> missing =
        config.source().tables().stream()
            .filter(
                table ->
                    !captured.containsKey(table.name()) || !captured.get(table.name()).complete())
            .toList();
    missing.stream().map(SourceTable::name).filter(setAside::contains).forEach(this::tellLeft);
    return missing.stream().filter(table -> !setAside.contains(table.name())).toList();
  }

  private void tellLeft(QualifiedName table) {
    notices.accept(
        ("%s is only partly copied: the copy continues when its problem is resolved and capture is"
                + " restarted")
            .formatted(table));
  }

  private void tell(List<SourceTable> missing) {
    notices.accept(
        "the snapshot of %s starts once all currently open transactions have finished"
            .formatted(names(missing)));
  }

  private static String names(List<SourceTable> tables) {
    return String.join(", ", tables.stream().map(table -> table.name().toString()).toList());
  }
}
