package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publications that send a part of a table: the snapshot reads the same part. */
@OnPostgres
class PublishedPartTest {

  @TempDir Path raw;
  private TestDatabase database;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase empty) {
    database = empty;
    scenario = new Scenario(database, raw);
  }

  @Test
  void rowsThatAFilterLeavesOutComeAndGoAsItSays() {
    ServerVersion.assume(database, 15, "row filters");
    scenario.execute(
        "CREATE TABLE sales (id int PRIMARY KEY, region text)",
        "ALTER TABLE sales REPLICA IDENTITY FULL",
        "CREATE PUBLICATION firn FOR TABLE sales WHERE (region = 'a')",
        "INSERT INTO sales VALUES (1, 'a'), (2, 'b')");
    scenario.captured("sales").captureOnce();

    scenario.execute(
        "INSERT INTO sales VALUES (3, 'a'), (4, 'b')",
        "UPDATE sales SET region = 'b' WHERE id = 1",
        "UPDATE sales SET region = 'a' WHERE id = 2",
        "DELETE FROM sales WHERE id = 4");
    scenario.captureOnce();

    assertEquals(
        List.of(
            "r {id=1} {id=1, region=a}",
            "c {id=3} {id=3, region=a}",
            "d {id=1} before {id=1, region=a}",
            "c {id=2} {id=2, region=a}"),
        scenario.told("sales"));
  }

  @Test
  void columnsThatAListLeavesOutNeverLeave() {
    ServerVersion.assume(database, 15, "column lists");
    scenario.execute(
        "CREATE TABLE sales (secret text, id int PRIMARY KEY, qty int)",
        "CREATE PUBLICATION firn FOR TABLE sales (id, qty)",
        "INSERT INTO sales VALUES ('canary', 1, 1)");
    scenario.captured("sales").captureOnce();

    scenario.execute("UPDATE sales SET secret = 'other', qty = 2", "TRUNCATE sales");
    scenario.captureOnce();

    assertEquals(
        List.of("r {id=1} {id=1, qty=1}", "u {id=1} {id=1, qty=2}", "t"), scenario.told("sales"));
    assertEquals(
        1,
        scenario.events().stream().map(event -> event.source().fingerprint()).distinct().count());
  }

  @Test
  void generatedColumnsAreLeftOutOfSnapshotAndStream() {
    scenario
        .table("sales", "id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED, n int")
        .published();
    scenario.execute("INSERT INTO sales (id, n) VALUES (1, 1)");
    scenario.captureOnce();

    scenario.execute("UPDATE sales SET n = 2");
    scenario.captureOnce();

    assertEquals(List.of("r {id=1} {id=1, n=1}", "u {id=1} {id=1, n=2}"), scenario.told("sales"));
  }

  @Test
  void generatedColumnsThatArePublishedAreInBoth() {
    ServerVersion.assume(database, 18, "publish_generated_columns, virtual columns");
    scenario
        .table(
            "sales",
            "id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED, n int,"
                + " more int GENERATED ALWAYS AS (n + 1) VIRTUAL")
        .published();
    scenario.execute(
        "ALTER PUBLICATION firn SET (publish_generated_columns = stored)",
        "INSERT INTO sales (id, n) VALUES (1, 1)");
    scenario.captureOnce();

    scenario.execute("UPDATE sales SET n = 2");
    scenario.captureOnce();

    assertEquals(
        List.of("r {id=1} {id=1, twice=2, n=1}", "u {id=1} {id=1, twice=2, n=2}"),
        scenario.told("sales"));
  }
}
