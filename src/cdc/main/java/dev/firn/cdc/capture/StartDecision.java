package dev.firn.cdc.capture;

import dev.firn.cdc.capture.CaptureOptions.Beginning;
import dev.firn.cdc.capture.Start.Leftover;
import dev.firn.cdc.source.CaptureState;
import dev.firn.cdc.source.Lsn;
import dev.firn.cdc.source.SlotStatus;
import dev.firn.cdc.source.SystemIdentity;
import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import java.util.List;
import java.util.Optional;

/**
 * Decides where a capture begins from what is recorded and what the slot says. Where the two do not
 * fit, changes are missing that nobody can name: that is refused, never resumed.
 */
final class StartDecision {

  private static final String RESNAPSHOT =
      "Run 'firn capture --resnapshot': it makes a new slot and copies all tables again.";

  private final SourceConfig source;
  private final SystemIdentity identity;

  StartDecision(SourceConfig source, SystemIdentity identity) {
    this.source = source;
    this.identity = identity;
  }

  Start decide(Beginning beginning, Optional<CaptureState> recorded, Optional<SlotStatus> slot) {
    slot.ifPresent(this::refuseForeign);
    Leftover leftover = slot.isPresent() ? Leftover.SLOT : Leftover.NOTHING;
    int nextEpoch = recorded.map(state -> state.epoch() + 1).orElse(1);
    if (beginning == Beginning.NEW_SNAPSHOT) {
      // A slot that nothing is recorded of had an epoch that nobody knows.
      return new Start.Snapshot(recorded.isEmpty() && slot.isPresent() ? 2 : nextEpoch, leftover);
    }
    if (recorded.isEmpty()) {
      slot.ifPresent(this::refuseUnknown);
      return new Start.Snapshot(nextEpoch, leftover);
    }
    CaptureState state = recorded.get();
    refuseOtherSystem(state);
    if (!state.snapshotComplete()) {
      return new Start.Snapshot(nextEpoch, leftover);
    }
    refuseTablesWithoutSnapshot(state);
    return new Start.Resume(state.epoch(), usable(slot, state).confirmed());
  }

  private SlotStatus usable(Optional<SlotStatus> slot, CaptureState state) {
    if (slot.isEmpty()) {
      throw new DecisionException(
          ("Cannot go on from replication slot %s: it was dropped or lost: changes since %s or"
                  + " later cannot be known")
              .formatted(source.slot(), Lsn.format(state.consistentPoint())),
          RESNAPSHOT);
    }
    if (slot.get().isLost()) {
      throw new DecisionException(
          ("Cannot go on from replication slot %s: the server removed WAL it needs (wal_status ="
                  + " lost): changes since %s cannot be known")
              .formatted(source.slot(), Lsn.format(slot.get().confirmed())),
          RESNAPSHOT
              + " Raise max_slot_wal_keep_size if it was too small for the time capture stood.");
    }
    return slot.get();
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
        ("Cannot use replication slot %s: it is there, but nothing is recorded of its snapshot in"
                + " firn.capture: acknowledged %s")
            .formatted(source.slot(), Lsn.format(slot.confirmed())),
        "Choose another name for source.slot, or take the slot over: " + RESNAPSHOT);
  }

  private void refuseOtherSystem(CaptureState state) {
    if (!state.system().equals(identity.system())) {
      throw new DecisionException(
          ("Cannot go on from replication slot %s: this is another database cluster than was"
                  + " captured: %s, not %s")
              .formatted(source.slot(), identity.system(), state.system()),
          RESNAPSHOT);
    }
  }

  private void refuseTablesWithoutSnapshot(CaptureState state) {
    List<String> missing =
        source.tables().stream()
            .map(SourceTable::name)
            .filter(name -> !state.tables().containsKey(name))
            .map(Object::toString)
            .toList();
    if (!missing.isEmpty()) {
      throw new DecisionException(
          "Cannot capture tables that were not there at the snapshot: their rows are not known: "
              + String.join(", ", missing),
          RESNAPSHOT + " Or take them out of source.tables.");
    }
  }
}
