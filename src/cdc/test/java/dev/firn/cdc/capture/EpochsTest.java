package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.cdc.source.CaptureState;
import dev.firn.cdc.source.SlotHistory;
import dev.firn.cdc.source.SystemIdentity;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class EpochsTest {

  @Test
  void theFirstEpochIsTheTimeInMinutes() {
    Epochs epochs = Epochs.at(Instant.parse("2020-01-02T00:01:59Z"), 1);

    assertEquals(1441, epochs.next(Optional.empty()));
  }

  @Test
  void aRecordedEpochOfAnEarlierTimeIsLeftBehind() {
    assertEquals(5000, new Epochs(5000, 1).next(recorded(7)));
  }

  @Test
  void aClockThatRanBackIsOverruledByWhatIsRecorded() {
    assertEquals(5001, new Epochs(4000, 1).next(recorded(5000)));
    assertEquals(1, new Epochs(-3, 1).next(Optional.empty()));
  }

  @Test
  void theOperatorMayAskForAHigherOneAndNeverGetsALowerOne() {
    assertEquals(9000, new Epochs(4000, 9000).next(recorded(5000)));
    assertEquals(5001, new Epochs(4000, 4500).next(recorded(5000)));
  }

  private static Optional<CaptureState> recorded(int epoch) {
    SlotHistory history =
        new SlotHistory(new SystemIdentity("1", 1, "shop"), 1, OptionalLong.empty());
    return Optional.of(new CaptureState(epoch, history, true, Map.of()));
  }
}
