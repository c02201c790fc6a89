package dev.firn.engine.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.pipeline.LayoutConfig;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BucketCountTest {

  private static final BucketCount COUNTS = new BucketCount(new LayoutConfig(4_000, 500));

  @ParameterizedTest(name = "{1} bytes in {0} buckets: {2}")
  @CsvSource({
    "0, 0, 0",
    "0, 3999, 0",
    "0, 4000, 8",
    "0, 4001, 16",
    "0, 1000000000000, 1024",
    // A step is worth four times the buckets, and is never a step back.
    "8, 8000, 8",
    "8, 8001, 32",
    "6, 8001, 32",
    "9, 8001, 9",
    "32, 32000, 32",
    "32, 32001, 128",
    "8, 4000, 8",
    "8, 0, 8",
    "1024, 1000000000000, 1024",
    "5000, 1000000000000, 5000"
  })
  void bucketsFollowTheSizeInLargeSteps(int present, long bytes, int expected) {
    assertEquals(expected, COUNTS.of(present, bytes));
  }

  @ParameterizedTest(name = "{0} bytes: {1}")
  @CsvSource({"1, 2", "1000, 2", "1001, 4"})
  void thereIsNoSingleBucket(long bytes, int expected) {
    assertEquals(expected, new BucketCount(new LayoutConfig(1, 500)).of(0, bytes));
  }
}
