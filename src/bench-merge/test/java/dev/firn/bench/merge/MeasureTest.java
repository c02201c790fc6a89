package dev.firn.bench.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.Test;

class MeasureTest {

  @Test
  void aMeasureTravelsAsALine() {
    Measure measure =
        new Measure(
            1.5,
            2.25,
            1_000_000,
            7,
            new Measure.Scan(0.5, 0.75),
            new Checksum(3, 6, -9),
            new Account(Map.of("read", 0.125, "commit", 0.25), "small, 3 files"));

    assertEquals(measure, Measure.parse(measure.line()));
  }
}
