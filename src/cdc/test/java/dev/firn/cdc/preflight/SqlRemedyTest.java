package dev.firn.cdc.preflight;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.cdc.capture.Scenario;
import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.SystemIdentity;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.source.SourceConnections;
import dev.firn.source.SqlRemedy.Purpose;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** All SQL that is printed is run as it is printed, and what it is for is gone. */
@OnPostgres
class SqlRemedyTest {

  private static final Pattern SQL = Pattern.compile("\\b(ALTER|CREATE|DROP|GRANT|REVOKE) [A-Z]");
  private static final Pattern STATEMENT = Pattern.compile("\\b(ALTER|CREATE|GRANT) [^;]+;");
  private static final String ODD_SCHEMA = "\"Café schéma\"";
  private static final String ODD = ODD_SCHEMA + ".\"tâble \"\"€\"";

  @TempDir Path raw;
  @TempDir Path data;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw).from("It's Firn");
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"LOGICAL_LOG", "ROOM", "SETTING", "STATE_TABLES"})
  void runAsPrintedItHelps(Purpose purpose) throws SQLException {
    arrange(purpose);
    List<Finding> before = findings(scenario.config());
    List<Finding> wrong = of(before, purpose);
    assertFalse(wrong.isEmpty(), before.toString());

    for (Finding finding : wrong) {
      run(purpose, finding.sql().orElseThrow().statements());
    }

    List<Finding> after = findings(scenario.config());
    assertEquals(List.of(), of(after, purpose));
    Set<String> known = before.stream().map(Finding::sentence).collect(Collectors.toSet());
    assertEquals(
        List.of(),
        after.stream().filter(f -> f.isProblem() && !known.contains(f.sentence())).toList());
  }

  @ParameterizedTest
  @EnumSource(names = {"ROLE_MAY_REPLICATE", "STATE_SCHEMA", "STATE_TABLES"})
  void runAsARefusalPrintsItItHelpsToo(Purpose purpose) throws SQLException {
    if (purpose == Purpose.STATE_SCHEMA) {
      captureAs("LOGIN REPLICATION");
      scenario.execute("DROP SCHEMA firn");
    } else {
      arrange(purpose);
    }

    OperatorException refusal =
        assertThrows(OperatorException.class, () -> refused(purpose, scenario.config()));
    List<String> printed =
        STATEMENT.matcher(refusal.getMessage()).results().map(MatchResult::group).toList();
    assertFalse(printed.isEmpty(), refusal.getMessage());
    run(purpose, printed);

    assertDoesNotThrow(() -> refused(purpose, scenario.config()));
  }

  /** What the role of the configuration may not do, without the checks of preflight before. */
  private static void refused(Purpose purpose, PipelineConfig config) throws SQLException {
    if (purpose == Purpose.ROLE_MAY_REPLICATE) {
      new SourceConnections(config.source()).replication().close();
      return;
    }
    try (Source source = Source.open(config.source())) {
      if (purpose == Purpose.STATE_SCHEMA) {
        source.state().begin(1, new SystemIdentity("1", 1, "db"));
      } else {
        source.state().upgrade();
      }
    }
  }

  @Test
  void theSqlForServerSettingsHelpsAfterARestart() throws IOException, SQLException {
    try (EmbeddedPostgres server = start()) {
      execute(
          url(server),
          // One is taken, one is for capture: none for verify, or for a table that joins later.
          "ALTER SYSTEM SET max_replication_slots = 2",
          "ALTER SYSTEM SET max_wal_senders = 0",
          "ALTER SYSTEM SET wal_sender_timeout = 0",
          "SELECT pg_create_physical_replication_slot('standby')",
          "CREATE TABLE sales (id int PRIMARY KEY)");
      if (major(server) >= 18) {
        execute(url(server), "ALTER SYSTEM SET idle_replication_slot_timeout = '1h'");
      }
    }
    scenario.captured("sales");
    EnumSet<Purpose> ofServer = EnumSet.of(Purpose.LOGICAL_LOG, Purpose.ROOM, Purpose.SETTING);
    try (EmbeddedPostgres server = start()) {
      List<Finding> before =
          findings(url(server)).stream()
              .filter(f -> f.sql().filter(sql -> ofServer.contains(sql.purpose())).isPresent())
              .toList();
      int expected = 5 + (major(server) >= 17 ? 1 : 0) + (major(server) >= 18 ? 1 : 0);
      assertEquals(expected, before.size(), before.toString());
      for (Finding finding : before) {
        execute(url(server), finding.sql().orElseThrow().statements().toArray(String[]::new));
      }
    }
    try (EmbeddedPostgres server = start()) {
      List<Finding> after = findings(url(server));
      ofServer.forEach(purpose -> assertEquals(List.of(), of(after, purpose)));
    }
  }

  private void arrange(Purpose purpose) {
    switch (purpose) {
      case ROLE_MAY_REPLICATE -> captureAs("LOGIN");
      case STATE_SCHEMA -> {
        table("sales").published();
        scenario.captureOnce();
        role("LOGIN REPLICATION");
        scenario.execute("GRANT SELECT ON sales TO " + quotedRole());
      }
      case STATE_TABLES -> {
        table("sales").published();
        scenario.captureOnce();
        scenario.execute(
            "ALTER TABLE firn.snapshot_range DROP COLUMN rows, DROP COLUMN lsn",
            "ALTER TABLE firn.captured_table DROP COLUMN traits");
        role("LOGIN REPLICATION");
        scenario.execute(
            "GRANT USAGE ON SCHEMA firn TO " + quotedRole(),
            "GRANT ALL ON ALL TABLES IN SCHEMA firn TO " + quotedRole());
      }
      case FAILOVER_SLOT -> {
        ServerVersion.assume(scenario.database(), 17, "failover slots");
        table("sales").published();
        scenario.queryText(
            "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')"
                .formatted(scenario.slot()));
      }
      case PUBLICATION -> everyKindOfTable();
      case PUBLISHED_TABLES -> {
        scenario.table("first", "id int PRIMARY KEY").published();
        everyKindOfTable();
      }
      case OPERATIONS -> {
        table("sales").published();
        scenario.execute("ALTER PUBLICATION \"It's Firn\" SET (publish = 'insert')");
      }
      case VIA_ROOT -> partitioned().published();
      case GENERATED_COLUMNS -> {
        ServerVersion.assume(scenario.database(), 18, "publish_generated_columns");
        scenario
            .table("sales", "id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED")
            .published();
      }
      case OTHER_TABLES -> {
        table("sales").published();
        scenario.execute(
            "CREATE SCHEMA " + ODD_SCHEMA,
            "CREATE TABLE %s (id int PRIMARY KEY)".formatted(ODD),
            "CREATE TABLE days (id int PRIMARY KEY) PARTITION BY RANGE (id)",
            "CREATE TABLE day_1 PARTITION OF days FOR VALUES FROM (0) TO (10)",
            "ALTER PUBLICATION \"It's Firn\" ADD TABLE days, " + ODD);
      }
      case IDENTITY -> withoutIdentity();
      case OTHER_KEY -> oddKeys();
      case READ_TABLE -> {
        partitioned();
        oddTable().published();
        role("LOGIN REPLICATION");
        scenario.execute(
            "CREATE SCHEMA firn", "GRANT USAGE, CREATE ON SCHEMA firn TO " + quotedRole());
      }
      case ROW_SECURITY -> {
        captureAs("LOGIN REPLICATION");
        scenario.execute("ALTER TABLE sales ENABLE ROW LEVEL SECURITY");
      }
      case LOGGED -> {
        partitioned().published();
        scenario.execute(
            "CREATE UNLOGGED TABLE \"Day 2\" PARTITION OF days FOR VALUES FROM (10) TO (20)",
            "CREATE UNLOGGED TABLE fast (id int PRIMARY KEY)");
        scenario.captured("fast");
      }
      case PARTITION_IDENTITY -> otherIdentities();
      case LOGICAL_LOG, ROOM, SETTING -> throw new IllegalArgumentException("of the server");
    }
  }

  private Scenario table(String name) {
    return scenario.table(name, "id int PRIMARY KEY");
  }

  private Scenario oddTable() {
    scenario.execute("CREATE SCHEMA " + ODD_SCHEMA);
    return scenario.table(ODD, "id int PRIMARY KEY", "odd");
  }

  private Scenario partitioned() {
    scenario.execute(
        "CREATE TABLE days (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE TABLE \"Day 1\" PARTITION OF days FOR VALUES FROM (0) TO (10)");
    return scenario.captured("days");
  }

  private void everyKindOfTable() {
    oddTable();
    partitioned();
    scenario.execute(
        "CREATE VIEW seen AS SELECT 1 AS id", "CREATE UNLOGGED TABLE fast (id int PRIMARY KEY)");
    scenario.captured("seen").captured("fast").captured("nowhere");
  }

  private void withoutIdentity() {
    scenario.table("plain", "id int");
    scenario.execute(
        "CREATE TABLE days (id int) PARTITION BY RANGE (id)",
        "CREATE TABLE day_1 PARTITION OF days FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE weeks (id int) PARTITION BY RANGE (id)",
        "CREATE TABLE week_1 PARTITION OF weeks FOR VALUES FROM (0) TO (10)",
        "CREATE TABLE other (id int)");
    scenario.table("declared", "id int, note text").keyed("declared", "id");
    scenario.execute("ALTER TABLE declared REPLICA IDENTITY NOTHING");
    scenario.captured("days").published();
    scenario.execute(
        "ALTER PUBLICATION \"It's Firn\" ADD TABLE weeks, other",
        "ALTER PUBLICATION \"It's Firn\" SET (publish_via_partition_root = true)");
  }

  private void oddKeys() {
    String odd = ODD_SCHEMA + ".\"ödd key's\"";
    scenario.execute("CREATE SCHEMA " + ODD_SCHEMA);
    scenario.table(
        odd, "at real PRIMARY KEY, n int NOT NULL, \"Ä\" text NOT NULL, maybe int", "odd");
    scenario.execute(
        // None of the first four would do.
        "CREATE UNIQUE INDEX a_of_null ON %s (maybe)".formatted(odd),
        "CREATE UNIQUE INDEX b_partial ON %s (n) WHERE n > 0".formatted(odd),
        "CREATE UNIQUE INDEX c_expression ON %s ((n + 1))".formatted(odd),
        "ALTER TABLE %s ADD CONSTRAINT d_late UNIQUE (n) DEFERRABLE".formatted(odd),
        "CREATE UNIQUE INDEX \"e Ünique\" ON %s (n, \"Ä\") INCLUDE (at)".formatted(odd));
    scenario.published();
  }

  private void otherIdentities() {
    scenario.execute(
        "CREATE TABLE hours (id int NOT NULL) PARTITION BY RANGE (id)",
        "CREATE UNIQUE INDEX \"Hours Key\" ON hours (id)",
        "ALTER TABLE hours REPLICA IDENTITY USING INDEX \"Hours Key\"",
        "CREATE TABLE hour_1 PARTITION OF hours FOR VALUES FROM (0) TO (10) PARTITION BY LIST (id)",
        "CREATE TABLE hour_1_default PARTITION OF hour_1 DEFAULT",
        "CREATE TABLE weeks (id int) PARTITION BY RANGE (id)",
        "ALTER TABLE weeks REPLICA IDENTITY FULL",
        "CREATE TABLE week_1 PARTITION OF weeks FOR VALUES FROM (0) TO (10)");
    partitioned();
    scenario.execute("ALTER TABLE \"Day 1\" REPLICA IDENTITY NOTHING");
    scenario.captured("hours").captured("weeks").published();
    scenario.execute("ALTER PUBLICATION \"It's Firn\" SET (publish_via_partition_root = true)");
  }

  private void captureAs(String attributes) {
    table("sales").published();
    role(attributes);
    scenario.execute(
        "CREATE SCHEMA firn",
        "GRANT USAGE, CREATE ON SCHEMA firn TO " + quotedRole(),
        "GRANT SELECT ON sales TO " + quotedRole());
  }

  private void role(String attributes) {
    scenario.as("R " + scenario.slot());
    scenario.execute("CREATE ROLE %s %s".formatted(quotedRole(), attributes));
  }

  private String quotedRole() {
    return "\"R " + scenario.slot() + "\"";
  }

  private void run(Purpose purpose, List<String> statements) throws SQLException {
    String url = scenario.database().url();
    String[] texts = statements.toArray(String[]::new);
    execute(
        purpose == Purpose.FAILOVER_SLOT
            ? url + "?replication=database&preferQueryMode=simple&assumeMinServerVersion=13"
            : url,
        texts);
  }

  private static void execute(String url, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url, TestDatabase.USER, "");
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private EmbeddedPostgres start() throws IOException {
    return EmbeddedPostgres.builder()
        .setDataDirectory(data.resolve("server"))
        .setCleanDataDirectory(false)
        .setServerConfig("fsync", "off")
        .start();
  }

  private static String url(EmbeddedPostgres server) {
    return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres";
  }

  private static int major(EmbeddedPostgres server) {
    return ServerVersion.of(new TestDatabase(url(server))).major();
  }

  private List<Finding> findings(String url) {
    return findings(scenario.at(url).config());
  }

  private static List<Finding> findings(PipelineConfig config) {
    try (Source source = Source.open(config.source())) {
      List<Finding> findings = new Preflight(config).findings(source);
      findings.forEach(
          finding -> assertFalse(SQL.matcher(finding.advice()).find(), finding.advice()));
      return findings;
    }
  }

  private static List<Finding> of(List<Finding> findings, Purpose purpose) {
    return findings.stream()
        .filter(finding -> finding.sql().filter(sql -> sql.purpose() == purpose).isPresent())
        .toList();
  }
}
