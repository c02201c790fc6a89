package dev.firn.cdc.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BackoffTest {

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  @Test
  void pausesGrowToTheLongestAndNeverBeyond() {
    Random random = new Random(1);
    for (int failures = 1; failures < 100; failures++) {
      Duration limit = Duration.ofMillis(Math.min(10_000, 100L << Math.min(failures - 1, 20)));
      for (int i = 0; i < 50; i++) {
        Duration pause = BACKOFF.pause(failures, random);
        assertTrue(pause.toMillis() >= 1 && pause.compareTo(limit) <= 0, pause.toString());
      }
    }
  }

  @Test
  void twoThatFailTogetherDoNotComeBackTogether() {
    Random random = new Random(1);
    long different =
        random.longs(100).map(i -> BACKOFF.pause(5, random).toMillis()).distinct().count();
    assertEquals(true, different > 50);
  }
}
