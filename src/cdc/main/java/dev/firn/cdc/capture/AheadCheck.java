package dev.firn.cdc.capture;

import dev.firn.cdc.capture.CaptureOptions.Ahead;
import dev.firn.cdc.capture.Start.Timeline;
import dev.firn.cdc.source.SystemIdentity;
import dev.firn.cdc.source.TimelineHistory;
import dev.firn.console.DecisionException;
import dev.firn.contract.SentRecord;
import dev.firn.source.Lsn;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * Checks whether changes were sent that the source does not have: a standby was promoted before it
 * received them, or the source was restored. The source's next changes would have lower positions
 * than those and lose to them. Sent changes are harmless if they end before the LSN at which the
 * new timeline branched off.
 */
final class AheadCheck {

  private final String slot;
  private final SystemIdentity identity;
  private final Supplier<TimelineHistory> history;
  private final long endOfLog;

  /**
   * @param history of the source's current timeline; read only if changes of another timeline were
   *     sent, since not every server or proxy answers
   */
  AheadCheck(
      String slot, SystemIdentity identity, Supplier<TimelineHistory> history, long endOfLog) {
    this.slot = slot;
    this.identity = identity;
    this.history = history;
    this.endOfLog = endOfLog;
  }

  /**
   * Returns where to resume, or refuses to.
   *
   * @param nextEpoch the epoch to use if the operator accepts that the lake is ahead
   */
  Start.Resume accept(Start.Resume start, Optional<SentRecord> sent, Ahead ahead, int nextEpoch) {
    Optional<String> surplus = surplus(start, sent);
    if (surplus.isEmpty()) {
      return start;
    }
    if (ahead == Ahead.ACCEPTED) {
      return new Start.Resume(nextEpoch, start.acknowledged(), start.timeline());
    }
    throw new DecisionException(
        "Cannot resume from replication slot %s: the lake has, or may have, changes that the source"
                .formatted(slot)
            + " lacks, and they would win over newer changes: "
            + surplus.get(),
        remedy(start, sent));
  }

  private String remedy(Start.Resume start, Optional<SentRecord> sent) {
    OptionalLong fork = sent.isPresent() ? leftAt(sent.get().timeline()) : OptionalLong.empty();
    String rows =
        fork.isPresent()
            ? " Look at the rows WHERE _epoch = %s AND _lsn >= %s."
                .formatted(start.epoch(), fork.getAsLong())
            : "";
    return "Run 'firn capture --accept-ahead', which resumes in a new epoch whose changes win. Then"
        + " run merge and verify, and 'firn capture --resnapshot TABLE' for each table that differs."
        + rows
        + " Or copy all tables again: 'firn capture --resnapshot'.";
  }

  private Optional<String> surplus(Start.Resume start, Optional<SentRecord> found) {
    Optional<SentRecord> known = found.filter(record -> record.system().equals(identity.system()));
    if (known.isEmpty()) {
      return start.timeline() == Timeline.SAME
          ? Optional.empty()
          : Optional.of(
              "the source is on another timeline, and there is no record of what was sent before");
    }
    SentRecord sent = known.get();
    if (sent.epoch() != start.epoch()) {
      return sent.epoch() < start.epoch()
          ? Optional.empty()
          : Optional.of(
              "changes of epoch %s were sent, but the source is at epoch %s: it was restored, or"
                      .formatted(sent.epoch(), start.epoch())
                  + " the standby lacks the newer snapshot");
    }
    return sent.timeline() == identity.timeline() ? restored(sent) : forked(sent);
  }

  // The current timeline is not part of its own history.
  private OptionalLong leftAt(int timeline) {
    return timeline == identity.timeline() ? OptionalLong.empty() : history.get().leftAt(timeline);
  }

  private Optional<String> restored(SentRecord sent) {
    return sent.sent() <= endOfLog
        ? Optional.empty()
        : Optional.of(
            "the source's log ends at %s, but changes up to %s were sent: it was restored"
                .formatted(Lsn.format(endOfLog), Lsn.format(sent.sent())));
  }

  private Optional<String> forked(SentRecord sent) {
    OptionalLong fork = leftAt(sent.timeline());
    if (fork.isEmpty()) {
      return Optional.of(
          "changes of timeline %s were sent, but the source's timeline %s does not descend from it"
              .formatted(sent.timeline(), identity.timeline()));
    }
    if (sent.limit() < fork.getAsLong()) {
      return Optional.empty();
    }
    return Optional.of(
        "timeline %s branched off at %s, but changes up to %s %s sent"
            .formatted(
                identity.timeline(),
                Lsn.format(fork.getAsLong()),
                Lsn.format(Math.max(sent.sent(), fork.getAsLong())),
                sent.sent() >= fork.getAsLong() ? "were" : "or beyond may have been"));
  }
}
