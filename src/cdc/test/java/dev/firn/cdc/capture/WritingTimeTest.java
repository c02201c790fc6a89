package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.raw.RawPath;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import dev.firn.testing.kinesis.FakeKinesis;
import dev.firn.testing.kinesis.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events are placed by when they are written; the commit's time may be any. */
@OnPostgres
class WritingTimeTest {

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw).table("sales", "id int PRIMARY KEY").published();
    scenario.execute("INSERT INTO sales VALUES (1)");
    scenario.captureOnce();
  }

  @Test
  void changesThatAnotherServerCommittedAreInTheHourInWhichTheyAreWritten() {
    Instant before = Instant.now().minusSeconds(1);
    List<String> times =
        List.of("2020-01-31 10:00:00.123456+00", "11026-10-28 00:00:00+00", "infinity");
    String origin = "o_" + scenario.slot();
    for (int i = 0; i < times.size(); i++) {
      // One connection: the origin is the session's.
      scenario.execute(
          "SELECT pg_replication_origin_create('%1$s'), pg_replication_origin_session_setup('%1$s')"
              .formatted(origin),
          "BEGIN",
          "SELECT pg_replication_origin_xact_setup('0/%d', '%s')".formatted(100 + i, times.get(i)),
          "INSERT INTO sales VALUES (%d)".formatted(10 + i),
          "COMMIT",
          "SELECT pg_replication_origin_session_reset()",
          "SELECT pg_replication_origin_drop('%s')".formatted(origin));
    }

    scenario.captureOnce();

    assertEquals(4, scenario.events().size());
    for (Path file : scenario.files()) {
      Instant hour = RawPath.hourOf(file.toString()).orElseThrow();
      assertFalse(hour.isBefore(before.minus(Duration.ofHours(1))), file.toString());
      assertFalse(hour.isAfter(Instant.now()), file.toString());
    }
    List<Instant> committed =
        scenario.events().stream().skip(1).map(ChangeEvent::committedAt).toList();
    assertEquals(Instant.parse("2020-01-31T10:00:00.123456Z"), committed.get(0));
    assertEquals(Instant.parse("+11026-10-28T00:00:00Z"), committed.get(1));
  }

  @Test
  void whatAnEarlierRunRecordedIsTheLeast() {
    Instant recorded = Instant.now().plus(Duration.ofHours(30));
    scenario.execute(
        "UPDATE firn.capture SET event_timestamp = " + recorded.getEpochSecond(),
        "INSERT INTO sales VALUES (2)");

    scenario.captureOnce();

    List<Path> files = scenario.files();
    assertEquals(
        1,
        files.stream()
            .filter(
                file ->
                    file.toString()
                        .contains(RawPath.hourFolder(scenario.events().get(0).table(), recorded)))
            .count(),
        files.toString());
  }

  @Test
  void aRunRecordsWhenItsLastEventWasWritten() {
    scenario.execute("UPDATE firn.capture SET event_timestamp = 1", "INSERT INTO sales VALUES (2)");
    long before = Instant.now().getEpochSecond();

    scenario.captureOnce();

    long recorded = Long.parseLong(scenario.queryText("SELECT event_timestamp FROM firn.capture"));
    assertTrue(recorded >= before && recorded <= Instant.now().getEpochSecond());
  }

  @Test
  void theStreamsRecordsSayWhenTheyWereWritten() {
    try (FakeKinesis kinesis = FakeKinesis.start()) {
      long before = Instant.now().getEpochSecond();
      scenario.into(kinesis, 1 << 20).execute("INSERT INTO sales VALUES (2)");
      scenario.captureOnce();

      StoredRecord record = kinesis.records(scenario.slot()).get(0);
      long written = WrittenFiles.writtenAt(record.text()).getEpochSecond();
      assertTrue(written >= before && written <= Instant.now().getEpochSecond());
    }
  }
}
