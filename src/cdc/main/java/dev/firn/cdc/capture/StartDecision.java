package dev.firn.cdc.capture;

import static dev.firn.cdc.capture.SlotCheck.RESNAPSHOT;

import dev.firn.cdc.capture.CaptureOptions.Beginning;
import dev.firn.cdc.capture.Start.Leftover;
import dev.firn.cdc.capture.Start.Timeline;
import dev.firn.cdc.snapshot.Lake;
import dev.firn.cdc.source.CaptureState;
import dev.firn.cdc.source.SystemIdentity;
import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.Lsn;
import dev.firn.source.catalog.SlotStatus;
import java.util.Optional;

/**
 * Decides where a capture starts, from the recorded state and the slot. If the two do not fit, an
 * unknown set of changes is missing: the capture refuses to resume.
 */
final class StartDecision {

  private final SourceConfig source;
  private final SystemIdentity identity;
  private final Epochs epochs;

  StartDecision(SourceConfig source, SystemIdentity identity, Epochs epochs) {
    this.source = source;
    this.identity = identity;
    this.epochs = epochs;
  }

  Start decide(Beginning beginning, Optional<CaptureState> recorded, Optional<SlotStatus> slot) {
    slot.ifPresent(this::refuseForeign);
    Leftover leftover = slot.isPresent() ? Leftover.SLOT : Leftover.NOTHING;
    int nextEpoch = epochs.next(recorded);
    if (beginning == Beginning.NEW_SNAPSHOT) {
      return new Start.Snapshot(nextEpoch, leftover, Lake.HAS_ROWS);
    }
    if (recorded.isEmpty()) {
      slot.ifPresent(this::refuseUnknown);
      return new Start.Snapshot(nextEpoch, leftover, Lake.EMPTY);
    }
    CaptureState state = recorded.get();
    refuseOtherSystem(state);
    if (!state.slotMade()) {
      return new Start.Snapshot(nextEpoch, leftover, Lake.HAS_ROWS);
    }
    Timeline timeline = new SlotCheck(source.slot(), identity).accept(slot, state.history());
    return new Start.Resume(state.epoch(), slot.orElseThrow().confirmed(), timeline);
  }

  private void refuseForeign(SlotStatus slot) {
    if (!slot.plugin().equals("pgoutput") || !slot.database().equals(identity.database())) {
      throw new OperatorException(
          ("Cannot use replication slot %s: it is not a pgoutput slot of database %s: plugin '%s',"
                  + " database '%s'")
              .formatted(source.slot(), identity.database(), slot.plugin(), slot.database()),
          "Choose another name for source.slot.");
    }
  }

  private void refuseUnknown(SlotStatus slot) {
    throw new DecisionException(
        ("Cannot use replication slot %s: it exists, but firn.capture has no record of its"
                + " snapshot: acknowledged up to %s")
            .formatted(source.slot(), Lsn.format(slot.confirmed())),
        "Choose another name for source.slot, or take the slot over: "
            + RESNAPSHOT
            + " The epoch is the time in minutes; if the lake has a higher _epoch, add --epoch.");
  }

  private void refuseOtherSystem(CaptureState state) {
    String system = state.history().identity().system();
    if (!system.equals(identity.system())) {
      throw new DecisionException(
          ("Cannot resume from replication slot %s: this is not the database cluster that was"
                  + " captured: %s, not %s")
              .formatted(source.slot(), identity.system(), system),
          RESNAPSHOT);
    }
  }
}
