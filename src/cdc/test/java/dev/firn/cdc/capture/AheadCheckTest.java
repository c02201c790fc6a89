package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.capture.CaptureOptions.Ahead;
import dev.firn.cdc.capture.Start.Timeline;
import dev.firn.cdc.source.SystemIdentity;
import dev.firn.cdc.source.TimelineHistory;
import dev.firn.console.DecisionException;
import dev.firn.contract.SentRecord;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Timeline 3 left timeline 2 at LSN 900, which had left timeline 1 at 500. */
class AheadCheckTest {

  private static final Start.Resume ON_ANOTHER = new Start.Resume(7, 400, Timeline.NEW);
  private static final Start.Resume ON_THE_SAME = new Start.Resume(7, 400, Timeline.SAME);

  private final AheadCheck check =
      new AheadCheck(
          "firn",
          new SystemIdentity("11", 3, "shop"),
          () -> new TimelineHistory(Map.of(1, 500L, 2, 900L)),
          2000);

  @Test
  void whatWasSentBeforeTheForkKeepsItsEpoch() {
    assertEquals(ON_ANOTHER, accept(ON_ANOTHER, sent(2, 7, 899, 899)));
    assertEquals(ON_ANOTHER, accept(ON_ANOTHER, sent(1, 7, 499, 499)));
  }

  @Test
  void whatWasSentAtTheForkOrMayHaveBeenIsRefused() {
    assertTrue(refusal(ON_ANOTHER, sent(2, 7, 900, 900)).contains("were sent"));
    assertTrue(refusal(ON_ANOTHER, sent(1, 7, 500, 500)).contains("_lsn >= 500"));
    assertTrue(refusal(ON_ANOTHER, sent(2, 7, 800, 950)).contains("or beyond may have been sent"));
  }

  @Test
  void withoutARecordAnotherTimelineIsRefusedAndTheSameIsNot() {
    assertTrue(refusal(ON_ANOTHER, Optional.empty()).contains("no record of what was sent"));
    assertEquals(ON_THE_SAME, accept(ON_THE_SAME, Optional.empty()));
  }

  @Test
  void aTimelineThatIsNotInThePastIsRefused() {
    assertTrue(refusal(ON_ANOTHER, sent(4, 7, 1, 1)).contains("does not descend from it"));
  }

  @Test
  void onTheSameTimelineTheEndOfTheLogCounts() {
    assertEquals(ON_THE_SAME, accept(ON_THE_SAME, sent(3, 7, 2000, 9000)));
    assertTrue(refusal(ON_THE_SAME, sent(3, 7, 2001, 9000)).contains("it was restored"));
  }

  @Test
  void theHistoryIsNotAskedForWhereWhatWasSentIsOfTheSameTimeline() {
    AheadCheck unanswered =
        new AheadCheck(
            "firn",
            new SystemIdentity("11", 3, "shop"),
            () -> {
              throw new AssertionError("TIMELINE_HISTORY was asked for");
            },
            2000);

    assertEquals(ON_THE_SAME, unanswered.accept(ON_THE_SAME, sent(3, 7, 1, 1), Ahead.REFUSED, 8));
    assertThrows(
        DecisionException.class,
        () -> unanswered.accept(ON_THE_SAME, sent(3, 7, 2001, 2001), Ahead.REFUSED, 8));
  }

  @Test
  void anEarlierEpochLosesAnywayAndALaterOneIsRefused() {
    assertEquals(ON_ANOTHER, accept(ON_ANOTHER, sent(2, 6, 5000, 5000)));
    assertTrue(refusal(ON_THE_SAME, sent(3, 8, 1, 1)).contains("changes of epoch 8 were sent"));
  }

  @Test
  void anAcceptedLossContinuesInTheNextEpoch() {
    Start.Resume start = check.accept(ON_ANOTHER, sent(2, 7, 900, 900), Ahead.ACCEPTED, 8);

    assertEquals(new Start.Resume(8, 400, Timeline.NEW), start);
  }

  private Start.Resume accept(Start.Resume start, Optional<SentRecord> sent) {
    return check.accept(start, sent, Ahead.REFUSED, 8);
  }

  private String refusal(Start.Resume start, Optional<SentRecord> sent) {
    return assertThrows(DecisionException.class, () -> accept(start, sent)).getMessage();
  }

  private static Optional<SentRecord> sent(int timeline, int epoch, long sent, long limit) {
    return Optional.of(new SentRecord("11", timeline, epoch, sent, limit));
  }
}
