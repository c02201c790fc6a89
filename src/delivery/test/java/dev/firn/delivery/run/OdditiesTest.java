package dev.firn.delivery.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.firn.delivery.write.Oddity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Firehose may do is done when a test asks for it, and is readable all the same. */
class OdditiesTest {

  @TempDir private Path folder;
  private Scenario scenario;

  @BeforeEach
  void begin() {
    scenario = new Scenario(folder, 1);
  }

  @AfterEach
  void end() {
    scenario.close();
  }

  @Test
  void membersFollowEachOtherInOneFile() throws Exception {
    List<String> lines = scenario.withOddities(Oddity.MEMBERS).put("sales", 35);

    scenario.deliverOnce();

    assertEquals(1, scenario.files("sales").size());
    assertEquals(lines, scenario.lines("sales"));
    assertEquals(4, members(Files.readAllBytes(scenario.files("sales").get(0))));
  }

  @Test
  void newlinesAreMissing() throws Exception {
    List<String> lines = scenario.withOddities(Oddity.NO_NEWLINES).put("sales", 35);

    scenario.deliverOnce();

    Path file = scenario.files("sales").get(0);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      assertFalse(text.contains("\n"));
    }
    assertEquals(lines, scenario.lines("sales"));
  }

  @Test
  void filesComeTwice() throws Exception {
    List<String> lines = scenario.withOddities(Oddity.DUPLICATES).put("sales", 5);

    DeliveryReport report = scenario.deliverOnce();

    List<Path> files = scenario.files("sales");
    assertEquals(2, files.size());
    assertEquals(2, report.counts().files());
    assertEquals(lines, scenario.lines(files.get(0)));
    assertEquals(lines, scenario.lines(files.get(1)));
  }

  @Test
  void allOfThemTogetherLoseNothing() throws Exception {
    List<String> lines =
        scenario
            .withOddities(Oddity.values())
            .withLimits(Duration.ofMinutes(1), 100)
            .put("sales", 100);

    scenario.deliverOnce();

    assertEquals(new TreeSet<>(lines), new TreeSet<>(scenario.lines("sales")));
  }

  private static int members(byte[] file) throws IOException {
    int members = 0;
    for (int i = 0; i + 2 < file.length; i++) {
      if (file[i] == 0x1F && file[i + 1] == (byte) 0x8B && file[i + 2] == 8) {
        members++;
      }
    }
    return members;
  }
}
