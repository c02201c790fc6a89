package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void theWaitsGrowFromASecondToAMinute() {
    Backoff backoff = new Backoff(() -> 1.0);

    assertEquals(List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L), seconds(backoff, 8));
  }

  @Test
  void theyAreSpreadAtRandomAboveASecond() {
    Backoff backoff = new Backoff(() -> 0.0);

    assertEquals(List.of(1L, 1L, 1L), seconds(backoff, 3));
  }

  @Test
  void afterProgressTheyAreShortAgain() {
    Backoff backoff = new Backoff(() -> 1.0);
    seconds(backoff, 5);

    backoff.reset();

    assertEquals(List.of(1L, 2L), seconds(backoff, 2));
  }

  private static List<Long> seconds(Backoff backoff, int count) {
    return Stream.generate(backoff::next).limit(count).map(Duration::toSeconds).toList();
  }
}
