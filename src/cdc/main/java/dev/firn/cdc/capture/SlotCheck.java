package dev.firn.cdc.capture;

import dev.firn.cdc.capture.Start.Timeline;
import dev.firn.cdc.source.SlotHistory;
import dev.firn.cdc.source.SystemIdentity;
import dev.firn.console.DecisionException;
import dev.firn.source.Lsn;
import dev.firn.source.catalog.SlotStatus;
import java.util.Optional;

/**
 * Checks that the slot is the one that was recorded and that no change was skipped. A slot has no
 * identifier: a recreated slot of the same name starts at the end of the log at its creation, which
 * is beyond everything that was ever acknowledged. A slot that is further back than recorded is
 * fine: after a crash the server forgets acknowledgements and sends changes again.
 */
final class SlotCheck {

  static final String RESNAPSHOT =
      "Run 'firn capture --resnapshot': it creates a new slot and copies all tables again.";

  private final String name;
  private final SystemIdentity identity;

  SlotCheck(String name, SystemIdentity identity) {
    this.name = name;
    this.identity = identity;
  }

  /** Returns on which timeline the slot continues, or refuses it. */
  Timeline accept(Optional<SlotStatus> found, SlotHistory history) {
    if (found.isEmpty()) {
      throw refusal(
          "it was dropped or lost: changes after %s may be missing"
              .formatted(Lsn.format(history.consistentPoint())));
    }
    SlotStatus slot = found.get();
    refuseInvalidated(slot);
    Timeline timeline = timeline(slot, history);
    if (slot.confirmed() < history.consistentPoint()) {
      throw refusal(
          "it is not the slot that capture used: it is at %s, but that slot started at %s"
              .formatted(Lsn.format(slot.confirmed()), Lsn.format(history.consistentPoint())));
    }
    if (timeline == Timeline.SAME && slot.confirmed() > history.limit().orElse(Long.MAX_VALUE)) {
      throw refusal(
          "it was recreated, or somebody advanced it: changes between %s and %s are unreadable"
              .formatted(Lsn.format(history.limit().getAsLong()), Lsn.format(slot.confirmed())));
    }
    return timeline;
  }

  private void refuseInvalidated(SlotStatus slot) {
    if (slot.isInvalidated()) {
      throw new DecisionException(
          "Cannot resume from replication slot %s: the server invalidated it (%s): changes since %s"
                  .formatted(name, slot.invalidation(), Lsn.format(slot.confirmed()))
              + " are unreadable",
          RESNAPSHOT + advice(slot.invalidation()));
    }
  }

  private static String advice(String invalidation) {
    return switch (invalidation) {
      case "wal_removed" ->
          " Raise max_slot_wal_keep_size if it was too small for the time capture was stopped.";
      case "idle_timeout" ->
          " Raise idle_replication_slot_timeout above the longest time capture may be stopped.";
      default -> "";
    };
  }

  private Timeline timeline(SlotStatus slot, SlotHistory history) {
    if (identity.timeline() == history.identity().timeline()) {
      return Timeline.SAME;
    }
    if (!slot.isFailover() || !slot.isSynced()) {
      throw refusal(
          ("the server is on another timeline, and the slot was not synchronized from the old"
                  + " primary: timeline %s, not %s")
              .formatted(identity.timeline(), history.identity().timeline()));
    }
    return Timeline.NEW;
  }

  private DecisionException refusal(String why) {
    return new DecisionException(
        "Cannot resume from replication slot %s: %s".formatted(name, why), RESNAPSHOT);
  }
}
