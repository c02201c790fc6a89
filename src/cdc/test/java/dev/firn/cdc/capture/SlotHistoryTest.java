package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.preflight.Finding;
import dev.firn.cdc.preflight.Preflight;
import dev.firn.cdc.source.Source;
import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.SentRecord;
import dev.firn.contract.SnapshotRecord;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Is the slot the one that was recorded? */
@OnPostgres
class SlotHistoryTest {

  private static final String TRAITS =
      "SELECT count(*) FROM information_schema.columns WHERE table_schema = 'firn'"
          + " AND table_name = 'captured_table' AND column_name = 'traits'";

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void captured(TestDatabase database) {
    scenario = new Scenario(database, raw).table("sales", "id int PRIMARY KEY").published();
    scenario.execute("INSERT INTO sales VALUES (1)");
    scenario.captureOnce();
  }

  @Test
  void aSlotRecreatedUnderTheSameNameIsRefused() {
    recreateSlot();

    String refusal = refusal();

    assertTrue(refusal.contains("it was recreated, or somebody advanced it"), refusal);
    assertTrue(refusal.contains("firn capture --resnapshot"), refusal);
  }

  @Test
  void aSlotThatSomebodyMovedOnIsRefused() {
    scenario.execute("INSERT INTO sales VALUES (2)");
    scenario.queryText(
        "SELECT pg_replication_slot_advance('%s', pg_current_wal_lsn())"
            .formatted(scenario.slot()));

    assertTrue(refusal().contains("somebody advanced it"));
  }

  @Test
  void aResnapshotTakesTheNewSlotOver() {
    recreateSlot();

    scenario.resnapshot();
    scenario.captureOnce();

    assertEquals(List.of("r {id=1} {id=1}", "t", "r {id=1} {id=1}"), scenario.told("sales"));
  }

  @Test
  void aSlotThatIsBeforeItsOwnStartIsRefused() {
    scenario.execute(
        "UPDATE firn.capture SET consistent_point = '7FFFFFFF/0'," + " acknowledged_limit = NULL");

    assertTrue(refusal().contains("it is not the slot that capture used"));
  }

  @Test
  void anotherTimelineIsRefusedWhereTheSlotDidNotComeWithIt() {
    scenario.execute("UPDATE firn.capture SET timeline = 7");

    String refusal = refusal();

    assertTrue(refusal.contains("on another timeline"), refusal);
    assertTrue(refusal.contains("timeline 1, not 7"), refusal);
  }

  @Test
  void theRecordOfAnOlderVersionIsTakenAsItIsAndExtended() {
    scenario.execute(
        "ALTER TABLE firn.capture DROP COLUMN acknowledged_limit", "INSERT INTO sales VALUES (2)");

    scenario.captureOnce();

    assertEquals(List.of("r {id=1} {id=1}", "c {id=2} {id=2}"), scenario.told("sales"));
    recreateSlot();
    assertTrue(refusal().contains("it was recreated"));
  }

  @Test
  void aRunThatDoesNotHaveTheSlotLeavesTheRecordAsItIs() throws SQLException {
    scenario.execute("ALTER TABLE firn.captured_table DROP COLUMN traits");
    String claim = "SELECT pg_advisory_lock(hashtextextended('firn capture %s', 0))";
    try (Connection other = scenario.database().connect();
        Statement statement = other.createStatement()) {
      statement.execute(claim.formatted(scenario.slot()));
      scenario.patience(Duration.ZERO);

      OperatorException refusal = assertThrows(OperatorException.class, scenario::captureOnce);

      assertTrue(refusal.getMessage().contains("another capture uses it"), refusal.getMessage());
      assertEquals("0", scenario.queryText(TRAITS));
    }
    scenario.captureOnce();
    assertEquals("1", scenario.queryText(TRAITS));
  }

  @Test
  void preflightReadsTheRecordOfAnOlderVersionAndChangesNothing() {
    scenario.execute(
        "ALTER TABLE firn.captured_table DROP COLUMN since, DROP COLUMN complete,"
            + " DROP COLUMN oldest_change, DROP COLUMN traits, DROP COLUMN trouble,"
            + " DROP COLUMN trouble_effect, DROP COLUMN trouble_since");
    try (Source source = Source.open(scenario.config().source())) {
      new Preflight(scenario.config()).require(source, Set.of());
      Finding beginning = new BeginningCheck(scenario.config().source()).finding(source);

      assertTrue(beginning.toString().contains("capture would resume from "), beginning.toString());
    }
    assertEquals("0", scenario.queryText(TRAITS));
  }

  @Test
  void aRoleThatMayNotExtendTheRecordIsReportedWithWhoMay() {
    String role = "r_" + scenario.slot();
    scenario.execute(
        "ALTER TABLE firn.capture DROP COLUMN acknowledged_limit",
        "CREATE ROLE %s LOGIN REPLICATION".formatted(role),
        "GRANT USAGE, CREATE ON SCHEMA firn TO " + role,
        "GRANT ALL ON ALL TABLES IN SCHEMA firn TO " + role,
        "GRANT SELECT ON sales TO " + role);

    OperatorException refusal =
        assertThrows(OperatorException.class, () -> scenario.captureOnceAs(role));

    assertTrue(
        refusal.getMessage().contains("Run as its owner: ALTER TABLE firn.capture ADD COLUMN"),
        refusal.getMessage());
  }

  @Test
  void theLimitIsWhereTheRunEnded() {
    scenario.execute("INSERT INTO sales VALUES (2)");

    long acknowledged = scenario.captureOnce().acknowledged();

    assertEquals(
        acknowledged,
        Long.parseLong(
            scenario.queryText("SELECT acknowledged_limit - '0/0'::pg_lsn FROM firn.capture")));
  }

  @Test
  void theLimitIsNeverBelowWhatIsAcknowledged() {
    try (Running capture = scenario.start()) {
      capture.until(() -> isTrue("active"));
      scenario.execute("INSERT INTO sales VALUES (2)");
      String committed = scenario.queryText("SELECT pg_current_wal_insert_lsn()");
      capture.until(() -> isTrue("confirmed_flush_lsn >= '" + committed + "'"));

      assertTrue(isTrue("confirmed_flush_lsn <= (SELECT acknowledged_limit FROM firn.capture)"));
    }
  }

  @Test
  void aSlotRecreatedRightAfterAKillIsRefused() {
    try (Running capture = scenario.start()) {
      capture.until(() -> isTrue("active"));
      scenario.execute("INSERT INTO sales VALUES (2)");
      String committed = scenario.queryText("SELECT pg_current_wal_insert_lsn()");
      capture.until(() -> isTrue("confirmed_flush_lsn >= '" + committed + "'"));
      capture.kill();
    }
    scenario.execute("INSERT INTO sales VALUES (3)");
    recreateSlot();

    assertTrue(refusal().contains("it was recreated, or somebody advanced it"));
  }

  @Test
  void aSourceThatEndsBeforeWhatWasSentIsRefused() throws IOException {
    Path record = raw.resolve("_schema/sent-" + scenario.slot() + ".json");
    SentRecord sent = SentRecord.parse(Files.readString(record));
    long beyond = sent.sent() + (1L << 40);
    Files.writeString(
        record,
        new SentRecord(sent.system(), sent.timeline(), sent.epoch(), beyond, beyond).toJson());

    String refusal = refusal();

    assertTrue(refusal.contains("were sent: it was restored"), refusal);
  }

  @Test
  void whatWasSentInALaterEpochThanTheSourceKnowsOfIsRefused() throws IOException {
    Path record = raw.resolve("_schema/sent-" + scenario.slot() + ".json");
    SentRecord sent = SentRecord.parse(Files.readString(record));
    int later = sent.epoch() + 5;
    Files.writeString(record, new SentRecord(sent.system(), 1, later, 1, 1).toJson());

    assertTrue(refusal().contains("changes of epoch " + later + " were sent"));

    scenario.acceptingAhead();
    assertEquals(later + 1, epoch());
  }

  @Test
  void aCopyThatWasUnderWayBeginsAgainInTheNewEpoch() throws IOException {
    scenario.execute(
        "UPDATE firn.captured_table SET complete = false",
        "INSERT INTO firn.snapshot_range SELECT slot, table_schema, table_name, table_oid, 0,"
            + " pg_relation_filenode(table_oid), since, 1, 1 FROM firn.captured_table");
    Path record = raw.resolve("_schema/sent-" + scenario.slot() + ".json");
    SentRecord sent = SentRecord.parse(Files.readString(record));
    int later = sent.epoch() + 5;
    Files.writeString(record, new SentRecord(sent.system(), 1, later, 1, 1).toJson());

    scenario.acceptingAhead();

    assertEquals(List.of("r {id=1} {id=1}", "t", "r {id=1} {id=1}"), scenario.told("sales"));
    SnapshotRecord copy = scenario.snapshotRecords("sales").get(1);
    assertEquals(later + 1, copy.epoch());
    assertTrue(copy.runs().stream().allMatch(run -> run.lsn() == copy.lsn()), copy.toString());
  }

  @Test
  void howFarWasSentIsExactWhenARunEndsAndNeverTooLow() throws IOException {
    Path record = raw.resolve("_schema/sent-" + scenario.slot() + ".json");
    try (Running capture = scenario.start()) {
      capture.until(() -> isTrue("active"));
      scenario.execute("INSERT INTO sales VALUES (2)");
      capture.until(() -> scenario.told("sales").size() == 2);
      assertTrue(last() <= SentRecord.parse(Files.readString(record)).limit());
    }
    SentRecord sent = SentRecord.parse(Files.readString(record));
    assertEquals(last(), sent.sent());
    assertEquals(last(), sent.limit());
  }

  private long last() {
    List<ChangeEvent> events = scenario.events();
    return events.get(events.size() - 1).position().lsn();
  }

  @Test
  void aRecordThatIsLostLeavesAHigherEpochAndTheOperatorMayAskForMore() {
    int first = epoch();
    scenario.execute(
        "SELECT pg_drop_replication_slot('%s')".formatted(scenario.slot()),
        "DROP SCHEMA firn CASCADE");

    scenario.captureOnce();
    assertTrue(epoch() >= first);

    scenario.leastEpoch(epoch() + 1000);
    int second = epoch();
    scenario.resnapshot();
    assertEquals(second + 1000, epoch());
  }

  private int epoch() {
    return Integer.parseInt(scenario.queryText("SELECT epoch FROM firn.capture"));
  }

  private void recreateSlot() {
    scenario.execute(
        "SELECT pg_drop_replication_slot('%s')".formatted(scenario.slot()),
        "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(scenario.slot()));
  }

  private String refusal() {
    return assertThrows(DecisionException.class, scenario::captureOnce).getMessage();
  }

  private boolean isTrue(String condition) {
    return "t"
        .equals(
            scenario.queryText(
                "SELECT %s FROM pg_replication_slots WHERE slot_name = '%s'"
                    .formatted(condition, scenario.slot())));
  }
}
