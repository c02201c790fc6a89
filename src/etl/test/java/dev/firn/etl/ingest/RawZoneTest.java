package dev.firn.etl.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.TableToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawZoneTest {

  private static final TableToken SALES = new TableToken("sales");

  @TempDir private Path folder;

  @BeforeEach
  void fill() throws IOException {
    file("sales/year=2025/month=12/day=31/hour=23/old.json.gz");
    file("sales/year=2026/month=09/day=30/hour=00/month.json.gz");
    file("sales/year=2026/month=10/day=31/hour=23/day.json.gz");
    file("sales/year=2026/month=11/day=01/hour=00/first.json.gz");
    file("sales/year=2026/month=11/day=09/hour=12/second.json.gz");
    file("sales/year=2027/month=01/day=01/hour=00/future.json.gz");
    file("salesman/year=2026/month=11/day=09/hour=12/another.json.gz");
  }

  @Test
  void filesOfTheHorizonsDayAndLaterAreFoundInTheOrderOfTheirPaths() {
    assertEquals(
        List.of(
            "sales/year=2026/month=11/day=01/hour=00/first.json.gz",
            "sales/year=2026/month=11/day=09/hour=12/second.json.gz",
            "sales/year=2027/month=01/day=01/hour=00/future.json.gz"),
        found("2026-11-01T17:30:00Z"));
  }

  @Test
  void withoutAHorizonAllAreFound() {
    assertEquals(
        6, new RawZone(folder.toString(), new Configuration()).files(SALES, Instant.EPOCH).size());
  }

  @Test
  void whatIsHiddenUnfinishedOrInNoHourIsNot() throws IOException {
    file("sales/year=2026/month=11/day=09/hour=12/.hidden");
    file("sales/year=2026/month=11/day=09/hour=12/_SUCCESS");
    file("sales/year=2026/month=11/day=09/hour=12/_temporary/part.json.gz");
    file("sales/year=2026/month=11/day=09/hour=12/deeper/part.json.gz");
    file("sales/year=2026/month=11/day=09/stray.json.gz");
    file("sales/year=2026/month=11/day=09/hour=xx/odd.json.gz");
    file("sales/year=2026/stray.json.gz");

    assertEquals(
        List.of(
            "sales/year=2026/month=11/day=09/hour=12/second.json.gz",
            "sales/year=2027/month=01/day=01/hour=00/future.json.gz"),
        found("2026-11-09T00:00:00Z"));
  }

  @Test
  void aTableWithoutAFolderHasNone() {
    RawZone zone = new RawZone(folder.toString(), new Configuration());

    assertEquals(List.of(), zone.files(new TableToken("orders"), Instant.EPOCH));
  }

  private List<String> found(String horizon) {
    return new RawZone(folder.toString(), new Configuration())
        .files(SALES, Instant.parse(horizon)).stream().map(RawFile::path).toList();
  }

  private void file(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{}");
  }
}
