package dev.firn.etl.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.contract.Column;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import dev.firn.etl.testing.RawFiles;
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

  @Test
  void snapshotRecordsAreFoundInTheOrderOfTheirPositionsBesideTheSchemaDocuments()
      throws IOException {
    SchemaDocument document =
        new SchemaDocument(
            SALES,
            "public.sales",
            List.of(new Column("id", "int4", List.of(), false, 1)),
            ReplicaIdentity.DEFAULT);
    List<SnapshotRecord> records =
        List.of(record(2, 99, 3), record(2, 100, 0), record(11, 5, 7_000_000_000L));
    new RawFiles(folder).schema(document);
    RawZone zone = new RawZone(folder.toString(), new Configuration());
    assertEquals(List.of(), zone.snapshotRecords(SALES));
    for (SnapshotRecord record : records) {
      file(RawPath.snapshotRecord(record), record.toJson());
    }

    assertEquals(records, zone.snapshotRecords(SALES));
    assertEquals(List.of(document), zone.schemaDocuments(SALES));
    assertEquals(List.of(), zone.snapshotRecords(new TableToken("orders")));
  }

  @Test
  void aBrokenSnapshotRecordIsNamedWithItsRemedy() throws IOException {
    file("_schema/sales/snapshots/1-2.json", "{\"table\":\"sales\"");
    RawZone zone = new RawZone(folder.toString(), new Configuration());

    OperatorException refused =
        assertThrows(OperatorException.class, () -> zone.snapshotRecords(SALES));

    assertTrue(refused.getMessage().contains("_schema/sales/snapshots/1-2.json"));
    assertTrue(refused.getMessage().contains("capture --resnapshot sales"), refused.getMessage());
  }

  private static SnapshotRecord record(int epoch, long lsn, long rows) {
    return new SnapshotRecord(SALES, epoch, lsn, List.of(new SnapshotRecord.Run(lsn, 1, rows)));
  }

  private List<String> found(String horizon) {
    return new RawZone(folder.toString(), new Configuration())
        .files(SALES, Instant.parse(horizon)).stream().map(RawFile::path).toList();
  }

  private void file(String path) throws IOException {
    file(path, "{}");
  }

  private void file(String path, String content) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }
}
