package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.raw.RawPath;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import dev.firn.testing.kinesis.FakeKinesis;
import dev.firn.testing.kinesis.StoredRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Firehose finds the folder of a record with jq 1.6: the real one is asked, where it is there. */
@OnPostgres
class FirehoseFoldersTest {

  private static final String EXPRESSION =
      ".table + \"/year=\" + (.event_timestamp|strftime(\"%Y\"))"
          + " + \"/month=\" + (.event_timestamp|strftime(\"%m\"))"
          + " + \"/day=\" + (.event_timestamp|strftime(\"%d\"))"
          + " + \"/hour=\" + (.event_timestamp|strftime(\"%H\"))";

  @TempDir Path raw;

  @Test
  void everyLineIsMappedToItsFolder(TestDatabase database) throws Exception {
    assumeTrue(jqVersion().startsWith("jq-1.6"), "jq 1.6 is not installed: " + jqVersion());
    Scenario scenario = new Scenario(database, raw);
    for (OddTable table : OddTable.ALL) {
      table.setup().forEach(scenario::execute);
      scenario.captured(table.name(), table.token());
    }
    RandomWriters writers = new RandomWriters(database);
    writers.write(1, 20);
    try (FakeKinesis kinesis = FakeKinesis.start()) {
      scenario.published().into(kinesis, 1 << 20).captureOnce();
      writers.write(2, 40);
      scenario.captureOnce();

      List<String> folders = new ArrayList<>();
      StringBuilder lines = new StringBuilder();
      for (StoredRecord record : kinesis.records(scenario.slot())) {
        lines.append(record.text());
        ChangeEvent event = Scenario.read(record.text());
        folders.add(RawPath.hourFolder(event.table(), WrittenFiles.writtenAt(record.text())));
      }
      assertTrue(folders.size() > 100);
      assertEquals(folders, jq(lines.toString()));
    }
  }

  private List<String> jq(String lines) throws IOException, InterruptedException {
    Path input = Files.writeString(raw.resolve("lines.json"), lines);
    Process jq =
        new ProcessBuilder("jq", "-r", EXPRESSION)
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, jq.waitFor(), output);
    return output.lines().toList();
  }

  private static String jqVersion() {
    try {
      Process jq = new ProcessBuilder("jq", "--version").start();
      return new String(jq.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return "no jq";
    }
  }
}
