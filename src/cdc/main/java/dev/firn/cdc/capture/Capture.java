package dev.firn.cdc.capture;

import dev.firn.cdc.capture.Attempts.Outcome;
import dev.firn.cdc.capture.CaptureOptions.Beginning;
import dev.firn.cdc.capture.CaptureOptions.End;
import dev.firn.cdc.event.ChangeAssembler;
import dev.firn.cdc.event.Shapes;
import dev.firn.cdc.output.EventOutput;
import dev.firn.cdc.output.Outputs;
import dev.firn.cdc.output.WritingClock;
import dev.firn.cdc.preflight.Finding;
import dev.firn.cdc.preflight.Preflight;
import dev.firn.cdc.snapshot.Lake;
import dev.firn.cdc.source.AcknowledgementLimit;
import dev.firn.cdc.source.CaptureState;
import dev.firn.cdc.source.CapturedShapes;
import dev.firn.cdc.source.CapturedTable;
import dev.firn.cdc.source.ChangeStream;
import dev.firn.cdc.source.ColumnWatch;
import dev.firn.cdc.source.ReplicationSession;
import dev.firn.cdc.source.RowReread;
import dev.firn.cdc.source.ShapeReader;
import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.SystemIdentity;
import dev.firn.cdc.source.TableTroubles;
import dev.firn.cdc.source.WatchedShapes;
import dev.firn.console.Failures;
import dev.firn.console.Notices;
import dev.firn.console.OperatorException;
import dev.firn.console.StopSignal;
import dev.firn.contract.Clocks;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.Lsn;
import dev.firn.source.SourceException;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.SlotStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One run of the producer: check, claim the slot, decide where to begin, copy, follow the log. */
public final class Capture {

  private static final Logger LOG = LoggerFactory.getLogger(Capture.class);
  private static final Duration POLL = Duration.ofMillis(100);

  private final PipelineConfig config;
  private final CaptureOptions options;
  private final StopSignal stop;
  private final Notices notices;
  private final MetricLines metrics;
  private final Set<Finding> told = new HashSet<>();
  private boolean documented;

  /**
   * @param notices receives a sentence about each event that an operator should know about
   * @param metrics receives lines in CloudWatch's embedded metric format
   */
  public Capture(
      PipelineConfig config,
      CaptureOptions options,
      StopSignal stop,
      Notices notices,
      Consumer<String> metrics) {
    this.config = config;
    this.options = options;
    this.stop = stop;
    this.notices = notices;
    this.metrics = new MetricLines(config.source().slot(), metrics);
  }

  /** Runs until the end that the options name, or the stop signal; reconnects after a break. */
  public CaptureReport run() throws IOException, InterruptedException {
    return new Attempts(stop, notices, ThreadLocalRandom.current()).run(this::attempt, options);
  }

  private Outcome attempt(CaptureOptions options) throws IOException, InterruptedException {
    long begun = Clocks.SYSTEM.tick();
    LOG.debug("connecting to the source");
    try (Source source = Source.open(config.source())) {
      // Before anything is recorded or changed: another run may have the slot.
      claimSlot(source, options.patience());
      TableWatch watch = recall(options, source);
      TableTroubles troubles = watch.troubles();
      List<Finding> warnings =
          new Preflight(config, troubles.tables()).require(source, options.again());
      WritingClock clock = WritingTimes.clock(source);
      try (ReplicationSession replication = source.sessions().replication();
          Outputs outputs = Outputs.of(config, clock);
          EventOutput output = outputs.open()) {
        SentLog sent = SentLog.open(outputs.raw(), config.source().slot());
        Start start = decide(options, source, replication, sent);
        LOG.debug("{}", start);
        warnings.forEach(this::tellOnce);
        try (Snapshots snapshots = new Snapshots(config, outputs, sent, stop, notices)) {
          long from = begin(start, source, replication, snapshots, troubles.tables());
          document(source, output, troubles);
          AcknowledgementLimit limit = new AcknowledgementLimit(source.state());
          ChangeStream stream = replication.stream(from, limit, source.slots());
          CapturedShapes shapes = shapes(source, troubles);
          ColumnWatch columns = new ColumnWatch(config, source, notices);
          Shapes watched = new WatchedShapes(shapes, columns);
          ChangeAssembler assembler =
              new ChangeAssembler(start.epoch(), watched, new RowReread(source.sql()), output);
          Streaming streaming = new Streaming(stream, assembler, output, sent, stop);
          watch.follow();
          CaptureStatus status = new CaptureStatus(streaming, output, source, troubles);
          Following following = new Following(streaming, snapshots, status, troubles, metrics);
          Beside beside =
              new Beside(
                  new WritingTimes(clock, source),
                  watch,
                  new PartitionWatch(source, troubles, streaming::acknowledged),
                  sent,
                  columns);
          Optional<RuntimeException> failure = follow(following, source, limit, beside);
          Duration duration = Clocks.SYSTEM.since(begun);
          return new Outcome(following.report(duration), failure);
        }
      }
    }
  }

  /** What is checked periodically while the stream runs. */
  private record Beside(
      WritingTimes times,
      TableWatch tables,
      PartitionWatch partitions,
      SentLog sent,
      ColumnWatch columns) {

    void begin() {
      columns.begin();
      partitions.look();
    }

    void tick() {
      times.tick();
      tables.tick();
      partitions.tick();
      columns.tick();
    }

    void end() {
      times.record();
      tables.look();
    }
  }

  /**
   * Loads the decisions that earlier runs left open, and compares the tables with their records.
   */
  private TableWatch recall(CaptureOptions options, Source source) {
    List<SourceTable> tables = config.source().tables();
    TableTroubles troubles = new TableTroubles(source.snapshots(), tables, notices);
    TableWatch watch = new TableWatch(source, tables, options.again(), troubles);
    if (options.beginning() == Beginning.NEW_SNAPSHOT || source.isStandby()) {
      return watch;
    }
    Optional<CaptureState> state = source.state().read().filter(CaptureState::slotMade);
    if (state.isPresent()) {
      source.state().upgrade();
      troubles.recall(state.get().tables());
      options.decisions().accepted().forEach(troubles::accept);
      options.again().forEach(troubles::settle);
      troubles.sentences().forEach(notices);
      watch.look();
    }
    return watch;
  }

  // A captured table exists in the lake with its columns even before its first row arrives.
  private void document(Source source, EventOutput output, TableTroubles troubles)
      throws IOException {
    if (documented) {
      return;
    }
    ShapeReader shapes = new ShapeReader(config, source.sql());
    Map<QualifiedName, CapturedTable> captured = source.snapshots().tables();
    for (SourceTable table : config.source().tables()) {
      QualifiedName name = table.name();
      Optional<CatalogTable> found =
          source.catalog().find(name).filter(now -> isCopied(captured.get(name), now));
      // A table that preflight left out may have a shape that cannot be captured.
      if (found.isPresent() && !troubles.tables().contains(name)) {
        List<String> published = source.publishedColumns(name, found.get());
        if (!published.isEmpty()) {
          output.document(shapes.current(table, found.get(), published));
        }
      }
    }
    documented = true;
  }

  private static boolean isCopied(CapturedTable copy, CatalogTable now) {
    return copy != null && copy.oid() == now.oid();
  }

  private void tellOnce(Finding warning) {
    if (told.add(warning)) {
      notices.warn(warning.toString());
    }
  }

  private Start decide(
      CaptureOptions options, Source source, ReplicationSession replication, SentLog sent) {
    int above = sent.before().map(record -> record.epoch() + 1).orElse(options.leastEpoch());
    Epochs epochs = Epochs.at(source.clock(), Math.max(options.leastEpoch(), above));
    Optional<CaptureState> state = source.state().read();
    SystemIdentity identity = replication.identity();
    Start start =
        new StartDecision(config.source(), identity, epochs)
            .decide(options.beginning(), state, source.slots().status());
    if (start instanceof Start.Resume resume) {
      return new AheadCheck(
              config.source().slot(),
              identity,
              () -> replication.history(identity.timeline()),
              source.endOfLog())
          .accept(resume, sent.before(), options.decisions().ahead(), epochs.next(state));
    }
    return start;
  }

  private long begin(
      Start start,
      Source source,
      ReplicationSession replication,
      Snapshots snapshots,
      Set<QualifiedName> setAside)
      throws IOException, InterruptedException {
    if (start instanceof Start.Snapshot snapshot) {
      tell(snapshot);
      return snapshots.takeAll(snapshot, source, replication);
    }
    Start.Resume resume = (Start.Resume) start;
    forgetRemovedTables(source);
    long acknowledged = resume(resume, source, replication.identity().timeline());
    snapshots.sent().begin(replication.identity(), resume.epoch(), source.endOfLog());
    options.again().forEach(source.snapshots()::forget);
    if (options.end() == End.WHEN_CAUGHT_UP) {
      snapshots.takeMissing(resume.epoch(), source, setAside);
    } else {
      snapshots.beginMissing(resume.epoch(), source, setAside);
    }
    return acknowledged;
  }

  private void tell(Start.Snapshot snapshot) {
    notices.accept(
        "snapshot of %s tables starts, epoch %s%s"
            .formatted(
                config.source().tables().size(),
                snapshot.epoch(),
                snapshot.leftover() == Start.Leftover.SLOT ? "; the slot is recreated" : ""));
    if (snapshot.lake() == Lake.EMPTY) {
      notices.warn(
          "no earlier capture is recorded: if the lake already has data of one, stop now and"
              + " restart with --resnapshot, which also removes rows that were deleted since (add"
              + " --epoch if the lake has an _epoch above this one)");
    }
  }

  private long resume(Start.Resume start, Source source, int timeline) {
    if (start.timeline() == Start.Timeline.NEW) {
      source.state().recordTimeline(timeline);
      notices.accept(
          "the source is now on timeline %s: a standby was promoted, and it kept the slot"
              .formatted(timeline));
    }
    if (source.state().read().filter(state -> state.epoch() == start.epoch()).isEmpty()) {
      source.snapshots().forgetRanges();
    }
    source.state().recordEpoch(start.epoch());
    if (options.leastEpoch() > start.epoch()) {
      notices.warn(
          "--epoch was ignored: it applies to a new snapshot only; add --resnapshot to take one");
    }
    notices.accept(
        "resuming from %s, epoch %s".formatted(Lsn.format(start.acknowledged()), start.epoch()));
    return start.acknowledged();
  }

  private CapturedShapes shapes(Source source, TableTroubles troubles) {
    Map<QualifiedName, CapturedTable> captured = source.snapshots().tables();
    ShapeReader reader = new ShapeReader(config, source.sql());
    return new CapturedShapes(config.source().tables(), captured, reader, source, troubles);
  }

  private Optional<RuntimeException> follow(
      Following following, Source source, AcknowledgementLimit limit, Beside beside)
      throws IOException, InterruptedException {
    Heartbeat heartbeat = Heartbeat.start(source.sessions(), config.source(), notices);
    try {
      beside.begin();
      following.run(end(source), beside::tick);
      beside.end();
      limit.settle(following.acknowledged());
      return Optional.empty();
    } catch (SourceException | OperatorException e) {
      return Optional.of(e);
    } finally {
      heartbeat.stop();
      settle(beside.sent(), following.received());
    }
  }

  // A record that is too high may refuse a failover that lost nothing, but never hides a loss.
  private void settle(SentLog sent, long received) {
    try {
      sent.settle(received);
    } catch (IOException e) {
      notices.warn("Cannot record up to which LSN changes were sent: " + Failures.describe(e));
    }
  }

  private OptionalLong end(Source source) {
    return options.end() == End.WHEN_CAUGHT_UP
        ? OptionalLong.of(source.barrier())
        : OptionalLong.empty();
  }

  private void claimSlot(Source source, Duration patience) throws InterruptedException {
    long begun = Clocks.SYSTEM.tick();
    LOG.debug("claiming the replication slot {}", config.source().slot());
    while (!isFree(source)) {
      if (Clocks.SYSTEM.hasPassed(patience, begun) || stop.awaits(POLL)) {
        int pid = source.slots().status().map(SlotStatus::activePid).orElse(0);
        throw new OperatorException(
            "Cannot use replication slot %s: another capture uses it: %s"
                .formatted(config.source().slot(), pid == 0 ? "it is claimed" : "pid " + pid),
            "Stop the other capture, or choose another name for source.slot.");
      }
    }
  }

  private static boolean isFree(Source source) {
    return source.slots().claim() && source.slots().status().filter(SlotStatus::isActive).isEmpty();
  }

  private void forgetRemovedTables(Source source) {
    List<SourceTable> tables = config.source().tables();
    Set<QualifiedName> configured =
        tables.stream().map(SourceTable::name).collect(Collectors.toSet());
    for (QualifiedName table : source.snapshots().tables().keySet()) {
      if (!configured.contains(table)) {
        source.snapshots().forget(table);
        notices.accept(
            table + " is no longer captured; adding it again takes a new snapshot of it");
      }
    }
  }
}
