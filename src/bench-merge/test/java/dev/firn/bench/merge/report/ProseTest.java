package dev.firn.bench.merge.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ProseTest {

  @Test
  void whatIsWrittenByHandSurvives() {
    String page = "# old\n" + new Prose("The scan costs most.\n").section() + "old tables\n";

    assertEquals(new Prose("The scan costs most.\n"), Prose.of(page));
  }

  @Test
  void aPageWithoutItGetsAPlaceForIt() {
    assertEquals(new Prose("Not written yet.\n"), Prose.of("# old\n"));
  }
}
