package dev.firn.cdc.capture;

import dev.firn.cdc.capture.Start.Timeline;
import dev.firn.cdc.source.SlotHistory;
import dev.firn.cdc.source.SystemIdentity;
import dev.firn.console.DecisionException;
import dev.firn.source.Lsn;
import dev.firn.source.catalog.SlotStatus;
import java.util.Optional;

/**
 * Whether the slot is the one that was recorded, with nothing skipped. A slot has no identity of
 * its own: another of the same name begins where the log ended when it was made, which is beyond
 * all that was ever acknowledged. A slot that stands further back than recorded is well: after a
 * crash the server forgets acknowledgements, and repeats.
 */
final class SlotCheck {

  static final String RESNAPSHOT =
      "Run 'firn capture --resnapshot': it makes a new slot and copies all tables again.";

  private final String name;
  private final SystemIdentity identity;

  SlotCheck(String name, SystemIdentity identity) {
    this.name = name;
    this.identity = identity;
  }

  /** Answers in which history the slot goes on, or refuses. */
  Timeline accept(Optional<SlotStatus> found, SlotHistory history) {
    if (found.isEmpty()) {
      throw refusal(
          "it was dropped or lost: changes since %s or later cannot be known"
              .formatted(Lsn.format(history.consistentPoint())));
    }
    SlotStatus slot = found.get();
    refuseInvalidated(slot);
    Timeline timeline = timeline(slot, history);
    if (slot.confirmed() < history.consistentPoint()) {
      throw refusal(
          "it is not the one that was captured from: it stands at %s, which began at %s"
              .formatted(Lsn.format(slot.confirmed()), Lsn.format(history.consistentPoint())));
    }
    if (timeline == Timeline.SAME && slot.confirmed() > history.limit().orElse(Long.MAX_VALUE)) {
      throw refusal(
          "it was made anew or moved on by somebody else: changes between %s and %s cannot be known"
              .formatted(Lsn.format(history.limit().getAsLong()), Lsn.format(slot.confirmed())));
    }
    return timeline;
  }

  private void refuseInvalidated(SlotStatus slot) {
    if (slot.isInvalidated()) {
      throw new DecisionException(
          "Cannot go on from replication slot %s: the server invalidated it (%s): changes since %s"
                  .formatted(name, slot.invalidation(), Lsn.format(slot.confirmed()))
              + " cannot be known",
          RESNAPSHOT + advice(slot.invalidation()));
    }
  }

  private static String advice(String invalidation) {
    return switch (invalidation) {
      case "wal_removed" ->
          " Raise max_slot_wal_keep_size if it was too small for the time capture stood.";
      case "idle_timeout" ->
          " Raise idle_replication_slot_timeout above the longest time capture may stand.";
      default -> "";
    };
  }

  private Timeline timeline(SlotStatus slot, SlotHistory history) {
    if (identity.timeline() == history.identity().timeline()) {
      return Timeline.SAME;
    }
    if (!slot.isFailover() || !slot.isSynced()) {
      throw refusal(
          ("the server is on another timeline, and the slot did not come to it from the primary:"
                  + " timeline %s, not %s")
              .formatted(identity.timeline(), history.identity().timeline()));
    }
    return Timeline.NEW;
  }

  private DecisionException refusal(String why) {
    return new DecisionException(
        "Cannot go on from replication slot %s: %s".formatted(name, why), RESNAPSHOT);
  }
}
