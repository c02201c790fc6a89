package dev.firn.cdc.capture;

import dev.firn.cdc.capture.CaptureOptions.End;
import dev.firn.cdc.event.ChangeAssembler;
import dev.firn.cdc.output.EventOutput;
import dev.firn.cdc.output.Outputs;
import dev.firn.cdc.preflight.Preflight;
import dev.firn.cdc.source.Lsn;
import dev.firn.cdc.source.ReplicationSession;
import dev.firn.cdc.source.RowReread;
import dev.firn.cdc.source.ShapeReader;
import dev.firn.cdc.source.SlotStatus;
import dev.firn.cdc.source.Source;
import dev.firn.console.OperatorException;
import dev.firn.console.Progress;
import dev.firn.console.StopSignal;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One run of the producer: check, claim the slot, decide where to begin, copy, follow the log. */
public final class Capture {

  private static final Duration POLL = Duration.ofMillis(100);

  private final PipelineConfig config;
  private final CaptureOptions options;
  private final StopSignal stop;
  private final Consumer<String> notices;

  /**
   * @param notices takes a sentence about each turn that a person should know of
   */
  public Capture(
      PipelineConfig config, CaptureOptions options, StopSignal stop, Consumer<String> notices) {
    this.config = config;
    this.options = options;
    this.stop = stop;
    this.notices = notices;
  }

  /** Runs until the options say so, or the stop signal. */
  public CaptureReport run() throws IOException, InterruptedException {
    Instant begun = Instant.now();
    try (Source source = Source.open(config.source())) {
      new Preflight(config).require(source);
      claimSlot(source);
      try (ReplicationSession replication = source.connections().replication();
          Outputs outputs = Outputs.of(config);
          EventOutput output = outputs.open()) {
        Start start = decide(source, replication);
        long from = begin(start, source, replication, output);
        Streaming streaming =
            new Streaming(
                replication.stream(from), assembler(start.epoch(), source, output), output, stop);
        follow(streaming, source, output);
        return CaptureReport.of(output.counts(), streaming, Duration.between(begun, Instant.now()));
      }
    }
  }

  private Start decide(Source source, ReplicationSession replication) {
    return new StartDecision(config.source(), replication.identity())
        .decide(options.beginning(), source.state().read(), source.slots().status());
  }

  private long begin(Start start, Source source, ReplicationSession replication, EventOutput output)
      throws IOException, InterruptedException {
    if (start instanceof Start.Snapshot snapshot) {
      notices.accept(
          "snapshot of %d tables begins, epoch %d%s"
              .formatted(
                  config.source().tables().size(),
                  snapshot.epoch(),
                  snapshot.leftover() == Start.Leftover.SLOT ? "; the slot is made anew" : ""));
      return new InitialSnapshot(config, source, output, stop).take(snapshot, replication);
    }
    forgetRemovedTables(source);
    long acknowledged = ((Start.Resume) start).acknowledged();
    notices.accept("goes on from " + Lsn.format(acknowledged) + ", epoch " + start.epoch());
    return acknowledged;
  }

  private ChangeAssembler assembler(int epoch, Source source, EventOutput output) {
    Map<QualifiedName, Long> captured = source.state().read().orElseThrow().tables();
    ShapeReader shapes = new ShapeReader(config, source.sql(), captured);
    return new ChangeAssembler(epoch, shapes, new RowReread(source.sql()), output);
  }

  private void follow(Streaming streaming, Source source, EventOutput output)
      throws IOException, InterruptedException {
    OptionalLong end =
        options.end() == End.WHEN_CAUGHT_UP
            ? OptionalLong.of(source.barrier())
            : OptionalLong.empty();
    CaptureStatus status = new CaptureStatus(streaming, output, source);
    try (Progress progress = Progress.onConsole("capture", "events", status::line)) {
      streaming.run(end, () -> progress.advance(output.counts().events() - progress.done()));
    }
  }

  private void claimSlot(Source source) throws InterruptedException {
    Instant deadline = Instant.now().plus(options.patience());
    while (!isFree(source)) {
      if (!Instant.now().isBefore(deadline) || stop.awaits(POLL)) {
        int pid = source.slots().status().map(SlotStatus::activePid).orElse(0);
        throw new OperatorException(
            "Cannot use replication slot %s: another capture has it: %s"
                .formatted(config.source().slot(), pid == 0 ? "it is claimed" : "pid " + pid),
            "Stop the other one, or choose another name for source.slot.");
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
    for (QualifiedName table : source.state().read().orElseThrow().tables().keySet()) {
      if (!configured.contains(table)) {
        source.state().forgetTable(table);
        notices.accept(table + " is no longer captured: to take it up again needs a snapshot");
      }
    }
  }
}
