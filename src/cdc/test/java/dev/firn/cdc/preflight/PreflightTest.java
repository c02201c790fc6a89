package dev.firn.cdc.preflight;

import static dev.firn.cdc.preflight.Findings.problems;
import static dev.firn.cdc.preflight.Findings.warnings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.capture.Scenario;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.Mask;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.TableConfig;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class PreflightTest {

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw);
  }

  @Test
  void aSourceThatIsReadyHasNoProblem() {
    scenario.table("sales", "id int PRIMARY KEY").published();

    assertEquals(List.of(), problems(scenario.config()));
  }

  @Test
  void everyProblemIsFoundAtOnceWithItsRemedy() {
    scenario.table("plain", "id int").table("sales", "id int PRIMARY KEY, _lsn int").published();
    scenario.table("late", "id int PRIMARY KEY").captured("nowhere");
    scenario.execute(
        "ALTER PUBLICATION firn SET (publish = 'insert')",
        "CREATE VIEW seen AS SELECT 1 AS id",
        "CREATE UNLOGGED TABLE fast (id int PRIMARY KEY)");
    scenario.captured("seen").captured("fast").excluding("late", "id");

    assertEquals(
        List.of(
            "Cannot capture from publication firn: it does not publish these operations: update,"
                + " delete, truncate"
                + " | ALTER PUBLICATION firn SET (publish = 'insert, update, delete, truncate');",
            "Cannot capture from publication firn: it does not publish these tables: public.late"
                + " | ALTER PUBLICATION firn ADD TABLE public.late;",
            "Cannot capture table public.plain: it has no replica identity, so the application's"
                + " UPDATE and DELETE on it fail: DEFAULT"
                + " | ALTER TABLE public.plain REPLICA IDENTITY FULL; Or add a primary key.",
            "Cannot capture table public.sales: the lake reserves these column names: _lsn"
                + " | Rename them, or leave them out: tables: { sales: { exclude: [_lsn] } }.",
            "Cannot capture table public.late: excluded columns are part of its key: id"
                + " | Remove them from tables.late.exclude.",
            "Cannot capture table public.late: none of its columns is captured"
                + " | Remove it from source.tables,"
                + " or add a column to capture.",
            "Cannot capture table: it does not exist: public.nowhere"
                + " | Create it, or fix its name"
                + " in source.tables (quoted names are case-sensitive).",
            "Cannot capture table public.seen: it is not an ordinary table: relkind v"
                + " | Remove it from source.tables.",
            "Cannot capture table public.fast: its changes are not logged: relpersistence u"
                + " | ALTER TABLE public.fast SET LOGGED;"
                + " ALTER PUBLICATION firn ADD TABLE public.fast;"),
        problems(scenario.config()));
  }

  @Test
  void whatMayCauseHarmLaterIsAWarningWithItsRemedy() {
    scenario.table("sales", "id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED");
    scenario.execute("CREATE TABLE other (id int)");
    scenario.published();
    scenario.execute("ALTER PUBLICATION firn ADD TABLE other");

    List<String> warnings = warnings(scenario.config());

    assertTrue(
        warnings.get(0).startsWith("a stopped capture retains WAL until the disk is full"),
        warnings.toString());
    assertEquals(
        List.of(
            "publication firn sends changes of tables that are not captured: public.other",
            "the application's UPDATE and DELETE fail on published tables without a replica"
                + " identity: public.other",
            "generated columns of public.sales do not reach the lake: the publication does not send"
                + " them: twice"),
        warnings.subList(1, warnings.size()));
  }

  @Test
  void generatedColumnsThatArePublishedAreNoneToWarnOf() {
    ServerVersion.assume(scenario.database(), 18, "publish_generated_columns, virtual columns");
    scenario
        .table(
            "sales",
            "id int PRIMARY KEY, twice int GENERATED ALWAYS AS (id * 2) STORED,"
                + " thrice int GENERATED ALWAYS AS (id * 3) VIRTUAL")
        .published();
    scenario.execute("ALTER PUBLICATION firn SET (publish_generated_columns = stored)");

    assertTrue(
        warnings(scenario.config()).stream().anyMatch(w -> w.endsWith("not send them: thrice")));
  }

  @Test
  void aSlotThatWasCreatedWithoutFailoverIsReported() {
    ServerVersion.assume(scenario.database(), 17, "failover slots");
    scenario.table("sales", "id int PRIMARY KEY").published();
    scenario.queryText(
        "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(scenario.slot()));

    assertTrue(
        warnings(scenario.config()).stream()
            .anyMatch(
                w -> w.contains("the slot was created without FAILOVER: " + scenario.slot())));
  }

  @Test
  void aTableWithoutColumnsIsNamedAndHidesNothing() {
    scenario.table("nothing", "").table("sales", "id int PRIMARY KEY").published();
    scenario.execute("ALTER TABLE nothing REPLICA IDENTITY FULL");
    scenario.captured("nowhere");

    assertEquals(
        List.of(
            "Cannot capture table public.nothing: it has no columns | Remove it from source.tables,"
                + " or add a column to capture.",
            "Cannot capture table: it does not exist: public.nowhere | Create it, or fix its name"
                + " in source.tables (quoted names are case-sensitive)."),
        problems(scenario.config()));
  }

  @Test
  void aTableWithoutAKeyIsReportedAsAChangeLog() {
    scenario.table("plain", "id int").published();
    scenario.execute("ALTER TABLE plain REPLICA IDENTITY FULL");

    assertEquals(List.of(), problems(scenario.config()));
    assertEquals(
        "table public.plain has no key: the lake gets a change log (one row for each"
            + " change) instead of a mirror of the table, and verify cannot compare it",
        warnings(scenario.config()).get(1));
  }

  @Test
  void columnsThatDifferInCaseOnlyAreRefused() {
    scenario.table("sales", "id int PRIMARY KEY, qty int, \"Qty\" int").published();

    assertEquals(
        List.of(
            "Cannot capture table public.sales: the lake is case-insensitive, and these columns"
                + " differ only in case: qty,"
                + " Qty | Rename all but one, or leave them out: tables: { sales: { exclude: [Qty]"
                + " } }."),
        problems(scenario.config()));
  }

  @Test
  void whatTheLakeCannotTakeIsRefusedBeforeTheFirstRowAndPassesOnceLeftOut() {
    scenario.table("t_op", "id int PRIMARY KEY, _op text, \"_FILE\" text, _lsn_x int");
    scenario.table("readings", "id float8 PRIMARY KEY, n int");
    scenario.execute("CREATE DOMAIN ratio AS real", "CREATE TABLE d (id ratio[] PRIMARY KEY)");
    scenario.captured("d").published();

    assertEquals(
        List.of(
            "Cannot capture table public.t_op: the lake reserves these column names: _op,"
                + " _FILE | Rename them, or leave them out: tables: { t_op: { exclude: [_op, _FILE]"
                + " } }.",
            "Cannot capture table public.readings: Iceberg does not allow floats or arrays in a key: id"
                + " float8 | "
                + otherKey("readings"),
            "Cannot capture table public.d: Iceberg does not allow floats or arrays in a key: id"
                + " float4[] | "
                + otherKey("d")),
        problems(scenario.config()));
    scenario.execute(
        "ALTER TABLE readings ALTER n SET NOT NULL",
        "CREATE UNIQUE INDEX by_n ON readings (n)",
        "ALTER TABLE readings REPLICA IDENTITY USING INDEX by_n",
        "ALTER TABLE d DROP CONSTRAINT d_pkey, REPLICA IDENTITY FULL");
    scenario.excluding("t_op", "_op", "_FILE");
    assertEquals(List.of(), problems(scenario.config()));
  }

  private static String otherKey(String table) {
    return ("Give the table another replica identity, a unique index of NOT NULL columns of other"
            + " types, or declare other columns that identify its rows: tables: { %1$s: { key:"
            + " [column] } }. What was captured before is copied again by 'firn capture"
            + " --resnapshot %1$s'.")
        .formatted(table);
  }

  @Test
  void twoTokensOfOneNameInTheLakeAreRefused() {
    scenario.execute("CREATE SCHEMA a", "CREATE SCHEMA a_b");
    scenario.table("a.b_c", "id int PRIMARY KEY").table("a_b.c", "id int PRIMARY KEY").published();

    assertEquals(
        List.of(
            "Cannot capture tables: several tokens map to the same name in the lake: a.b_c, a_b.c as a_b_c"
                + " | Give all but one of them another token under source.tables: { table:"
                + " schema.table, token: another_name }."),
        problems(scenario.config()));
  }

  @Test
  void masksThatWouldMaskNothingOrCannotAreReported() {
    scenario.table("sales", "id int PRIMARY KEY, email text").published();
    PipelineConfig config =
        masking(
            Map.of(
                "emial", new Mask.Fixed("*"), "id", new Mask.Drop(), "email", new Mask.Sha256()));

    assertEquals(
        "table public.sales has no columns of these names to mask or exclude: emial",
        warnings(config).get(warnings(config).size() - 1));
    assertEquals(
        List.of(
            "Cannot capture table public.sales: masked columns are part of its key, so all rows"
                + " would become one: id | Use sha256 in tables.sales.mask, which keeps rows distinct.",
            "Cannot read secret: the environment variable is not set: FIRN_NO_SUCH_KEY. Set it where"
                + " this command starts: export FIRN_NO_SUCH_KEY=… | "),
        problems(config));
  }

  @Test
  void aPolicyThatHidesRowsIsRefused() {
    scenario.table("sales", "id int PRIMARY KEY").published();
    scenario.execute("ALTER TABLE sales ENABLE ROW LEVEL SECURITY");
    String role = "r_" + scenario.slot();
    scenario.execute(
        "CREATE ROLE %s LOGIN REPLICATION".formatted(role),
        "CREATE SCHEMA firn",
        "GRANT USAGE, CREATE ON SCHEMA firn TO " + role,
        "GRANT SELECT ON sales TO " + role);

    assertEquals(
        List.of(
            "Cannot capture table public.sales: row level security would hide rows from the role: "
                + role
                + " | ALTER ROLE "
                + role
                + " BYPASSRLS;"),
        problems(as(scenario.config(), scenario.database().url(), role)));
    assertEquals(List.of(), problems(scenario.config()));
  }

  @Test
  void aMissingPublicationComesWithTheStatementThatMakesIt() {
    scenario.table("sales", "id int PRIMARY KEY");

    OperatorException refusal = assertThrows(OperatorException.class, scenario::captureOnce);

    assertEquals(
        "Cannot capture: the publication does not exist: firn. CREATE PUBLICATION firn FOR TABLE"
            + " public.sales WITH (publish_via_partition_root = true);",
        refusal.getMessage());
  }

  @Test
  void aRoleWithoutPrivilegesIsReportedWithTheSqlForEach() {
    scenario.table("sales", "id int PRIMARY KEY").published();
    String role = "r_" + scenario.slot();
    scenario.execute("CREATE ROLE %s LOGIN".formatted(role));

    List<String> problems = problems(as(scenario.config(), scenario.database().url(), role));

    assertEquals(3, problems.size(), problems.toString());
    assertTrue(problems.get(0).contains("ALTER ROLE " + role + " REPLICATION;"), problems.get(0));
    assertTrue(problems.get(1).contains("CREATE SCHEMA IF NOT EXISTS firn"), problems.get(1));
    assertTrue(
        problems.get(2).contains("GRANT SELECT ON public.sales TO " + role), problems.get(2));
  }

  @Test
  void aRoleWithJustTheRightsThatPreflightNamesCanCapture() {
    scenario.table("sales", "id int PRIMARY KEY").published();
    String role = "r_" + scenario.slot();
    scenario.execute(
        "INSERT INTO sales VALUES (1)",
        "CREATE ROLE %s LOGIN REPLICATION".formatted(role),
        "CREATE SCHEMA firn",
        "GRANT USAGE, CREATE ON SCHEMA firn TO " + role,
        "GRANT SELECT ON sales TO " + role);

    assertEquals(1, scenario.captureOnceAs(role).total());
  }

  private PipelineConfig masking(Map<String, Mask> masks) {
    PipelineConfig config = scenario.config();
    SourceConfig source = config.source();
    return new PipelineConfig(
        new SourceConfig(
            source.url(),
            source.user(),
            source.password(),
            source.slot(),
            source.publication(),
            source.tables(),
            source.options(),
            new Secret("FIRN_NO_SUCH_KEY")),
        config.stream(),
        config.raw(),
        config.lake(),
        Map.of("sales", new TableConfig(Set.of(), masks, Map.of(), Optional.empty())),
        config.merge(),
        config.delivery());
  }

  private static PipelineConfig as(PipelineConfig config, String url, String user) {
    SourceConfig source = config.source();
    return new PipelineConfig(
        new SourceConfig(
            url, user, source.password(), source.slot(), source.publication(), source.tables()),
        config.stream(),
        config.raw(),
        config.lake(),
        config.tables(),
        config.merge(),
        config.delivery());
  }
}
