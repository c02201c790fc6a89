package dev.firn.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Backoff BACKOFF = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));

  @Test
  void theBoundDoublesFromTheShortestToTheLongest() {
    Random random = new Random(1);
    List<Long> bounds = List.of(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L);
    for (int failures = 1; failures <= bounds.size(); failures++) {
      int number = failures;
      long longest =
          IntStream.range(0, 2000)
              .mapToLong(i -> BACKOFF.pause(number, random).toMillis())
              .max()
              .getAsLong();
      long bound = bounds.get(failures - 1) * 1000;
      assertTrue(longest <= bound && longest >= bound * 9 / 10, failures + ": " + longest);
    }
  }

  @Test
  void noPauseIsShorterThanTheShortest() {
    Random random = new Random(1);
    for (int failures = 1; failures < 1000; failures++) {
      assertTrue(BACKOFF.pause(failures, random).toMillis() >= 1000);
    }
  }

  @Test
  void twoThatFailTogetherDoNotComeBackTogether() {
    Random random = new Random(1);
    long different =
        IntStream.range(0, 100).mapToObj(i -> BACKOFF.pause(5, random)).distinct().count();
    assertTrue(different > 50);
  }

  @Test
  void nonsenseIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)));
    assertEquals(Duration.ofSeconds(1), BACKOFF.shortest());
  }
}
