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
 * The snapshots of a run: of all tables with the slot that is made for them, or of those that are
 * missing, while the stream goes on. Positions put the rows and the changes in order, whichever
 * comes first.
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
   * Makes the slot and copies every table. It is recorded before that a slot is to be made, and
   * after it that it was: a run that dies in between begins again, in the next epoch; one that dies
   * later goes on with what is missing.
   *
   * @return the consistent point, from which the stream goes on
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
   * Copies the tables of which no snapshot was completed, before this returns.
   *
   * @param setAside tables that wait for a decision, and were not checked: none of them is copied
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

  /** Begins to copy them, and returns; {@link #check()} tells of a failure. */
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
                notices.accept("snapshot of " + names(missing) + " is complete");
              }
              return null;
            });
    beside = Optional.of(task);
    new Thread(task, "snapshots").start();
  }

  /** Throws what broke off the copies that run beside the stream. */
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

  /** Ends the copies that run beside: without the stream they are of no use. */
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
        ("%s is copied in part: the rest waits until its trouble is settled, and capture is started"
                + " again")
            .formatted(table));
  }

  private void tell(List<SourceTable> missing) {
    notices.accept(
        "snapshot of %s begins, when all transactions have ended that are there now"
            .formatted(names(missing)));
  }

  private static String names(List<SourceTable> tables) {
    return String.join(", ", tables.stream().map(table -> table.name().toString()).toList());
  }
}
