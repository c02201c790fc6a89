package dev.firn.cdc.capture;

import dev.firn.cdc.capture.CaptureOptions.Beginning;
import dev.firn.cdc.preflight.Finding;
import dev.firn.cdc.source.ReplicationSession;
import dev.firn.cdc.source.Source;
import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.Lsn;

/** Reports in advance where a capture would start, or why it would refuse to. */
public final class BeginningCheck {

  private final SourceConfig config;

  public BeginningCheck(SourceConfig config) {
    this.config = config;
  }

  public Finding finding(Source source) {
    try (ReplicationSession replication = source.sessions().replication()) {
      Start start =
          new StartDecision(
                  config,
                  replication.identity(),
                  Epochs.at(source.clock(), CaptureOptions.LOWEST_EPOCH))
              .decide(Beginning.WHERE_IT_ENDED, source.state().read(), source.slots().status());
      return Finding.ok(
          start instanceof Start.Resume resume
              ? "capture would resume from " + Lsn.format(resume.acknowledged())
              : "capture would start with a snapshot, epoch " + start.epoch());
    } catch (OperatorException | DecisionException e) {
      return Finding.problem(e.getMessage(), "");
    }
  }
}
