package dev.firn.bench.merge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

  @Test
  void aRatioIsOfMediansAndItsSpreadIsTheWorstOfBoth() {
    Spread other = Spread.of(List.of(30.0, 20.0, 24.0));
    Spread own = Spread.of(List.of(2.0, 4.0, 3.0));

    assertEquals(new Spread(8, 5, 15), other.over(own));
  }

  @Test
  void ofAnEvenNumberTheLowerMiddleCounts() {
    assertEquals(2, Spread.of(List.of(4.0, 1.0, 3.0, 2.0)).median());
  }
}
