package dev.firn.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.contract.TableToken;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PipelineFileTest {

  private static final String SMALLEST =
      """
      source: { url: "jdbc:postgresql://db/app", user: firn, slot: firn, publication: firn, tables: [public.sales] }
      stream: { direct: true }
      raw: raw
      lake: { catalog: "jdbc:sqlite:catalog.db", database: lake, warehouse: s3://bucket/warehouse }
      """;

  @Test
  void defaultsApplyWhereNothingIsConfigured() {
    PipelineConfig config = parse(SMALLEST);

    assertEquals(MergeConfig.DEFAULT, config.merge());
    assertEquals(StreamConfig.DEFAULT_BUFFER, config.stream().buffer());
    assertEquals(TableConfig.DEFAULT, config.table("sales"));
    assertEquals(new DeliveryConfig(Path.of("/pipelines/.firn/delivery"), 500), config.delivery());
    assertEquals(new Secret("FIRN_PG_PASSWORD"), config.source().password());
  }

  @Test
  void everyKeyIsRead() {
    PipelineConfig config =
        parse(
            """
            source:
              url: "jdbc:postgresql://db/app"
              user: firn
              password: "${env:PG}"
              slot: firn_1
              publication: It's "Firn"
              tables: [sales, crm.Account, { table: 'public."Sales.2024"', token: sales_2024 }]
            stream: { direct: true, buffer: { age: 500ms, megabytes: 2 } }
            raw: s3://bucket/raw
            lake: { catalog: glue, database: lake, warehouse: warehouse }
            tables: { sales: { exclude: [note], properties: { format-version: 3 }, engine: sql, buckets: 16, key: [region, row] } }
            merge: { look_back: 12h, tombstones: 3d, parallel_tables: 2, quarantine_limit: 0.1, engine: direct, bucket_from: 1tb, bucket_size: 64 MB, driver_size: 1mb, max_record: 2mb, max_file: 1gb }
            delivery: { state: state, partitions: 7 }
            """);

    assertEquals(new Secret("PG"), config.source().password());
    assertEquals(
        List.of("public.sales", "crm.account", "public.\"Sales.2024\""),
        config.source().tables().stream().map(table -> table.name().toString()).toList());
    assertEquals(
        List.of("sales", "crm.account", "sales_2024"),
        config.source().tables().stream().map(table -> table.token().value()).toList());
    assertEquals("It's \"Firn\"", config.source().publication());
    assertEquals(Duration.ofMillis(500), config.stream().buffer().maxAge());
    assertEquals(2L << 20, config.stream().buffer().maxBytes());
    assertEquals(
        new TableConfig(
            Set.of("note"),
            Map.of(),
            Map.of("format-version", "3"),
            Optional.empty(),
            Optional.of(Engine.SQL),
            OptionalInt.of(16),
            List.of("region", "row")),
        config.table("sales"));
    assertEquals(
        new MergeConfig(
            Duration.ofHours(12),
            Duration.ofDays(3),
            2,
            0.1,
            Engine.DIRECT,
            new LayoutConfig(1L << 40, 64L << 20),
            1L << 20,
            new ReadLimits(2L << 20, 1L << 30)),
        config.merge());
    assertEquals(new DeliveryConfig(Path.of("/pipelines/state"), 7), config.delivery());
    assertEquals("lake__firn", config.lake().ownDatabase());
  }

  @Test
  void howToLiveWithTheSourceIsRead() {
    SourceConfig source =
        parse(
                SMALLEST.replace(
                    "slot: ",
                    "password: '${secret:arn:aws:secretsmanager:eu-west-1:1:secret:shop/firn-a1}',"
                        + " mask_key: '${secret:mask}', auth: iam, ssl_root_certificate: rds.pem,"
                        + " timeout: 5s, heartbeat: 0s, failover: false, slot: "))
            .source();

    assertEquals(
        new Secret(
            Secret.Store.SECRETS_MANAGER, "arn:aws:secretsmanager:eu-west-1:1:secret:shop/firn-a1"),
        source.password());
    assertEquals(new Secret(Secret.Store.SECRETS_MANAGER, "mask"), source.maskKey());
    assertEquals(
        new SourceOptions(
            SourceOptions.Authentication.IAM,
            "/pipelines/rds.pem",
            Duration.ofSeconds(5),
            Duration.ZERO,
            SourceOptions.Failover.OFF),
        source.options());
  }

  @Test
  void aSecretOfSecretsManagerIsNotAskedOfTheEnvironmentByItsName() {
    Secret secret = new Secret(Secret.Store.SECRETS_MANAGER, "shop/firn");

    assertThrows(OperatorException.class, secret::resolve);
  }

  @Test
  void relativeFoldersOfAFileInAStoreAreInThatStore() {
    PipelineConfig config =
        PipelineFile.parseStored(
            SMALLEST.replace("slot: ", "ssl_root_certificate: ./rds.pem, slot: "),
            "s3://code/firn/pipeline.yaml");

    assertEquals("s3://code/firn/raw", config.raw());
    assertEquals("s3://code/firn/rds.pem", config.source().options().rootCertificate());
  }

  @Test
  void relativeFoldersInAStoreMayLeadUpwardsAndNoFurtherThanTheBucket() {
    assertEquals("s3://code/rds.pem", storedCertificate("../rds.pem"));
    assertEquals("s3://code/rds.pem", storedCertificate("../../rds.pem"));
  }

  private static String storedCertificate(String named) {
    return PipelineFile.parseStored(
            SMALLEST.replace("slot: ", "ssl_root_certificate: " + named + ", slot: "),
            "s3://code/firn/pipeline.yaml")
        .source()
        .options()
        .rootCertificate();
  }

  @Test
  void aCatalogOfAFileIsOnThisMachineWhereverTheConfigurationIs() {
    PipelineConfig config =
        PipelineFile.parseStored(
            SMALLEST.replaceFirst("catalog: [^,]+", "catalog: 'jdbc:sqlite:catalog.db'"),
            "s3://code/firn/pipeline.yaml");

    assertEquals("jdbc:sqlite:catalog.db", config.lake().catalog());
  }

  @Test
  void absolutePathsOfAFileInAStoreAreOfThisMachine() {
    assertEquals("/etc/rds.pem", storedCertificate("/etc/rds.pem"));
  }

  @Test
  void relativeFoldersAreRelativeToTheFile() {
    PipelineConfig config = parse(SMALLEST);

    assertEquals("/pipelines/raw", config.raw());
    assertEquals("jdbc:sqlite:/pipelines/catalog.db", config.lake().catalog());
    assertEquals("s3://bucket/warehouse", config.lake().warehouse());
  }

  @Test
  void aTableIsMergedByItsOwnEngineOrByThatOfAll() {
    TableToken sales = new TableToken("sales");
    String tables = "tables: { sales: { engine: sql } }";

    assertEquals(Engine.DIRECT, parse(SMALLEST).engine(sales));
    assertEquals(Engine.SQL, parse(SMALLEST + "merge: { engine: sql }").engine(sales));
    assertEquals(Engine.SQL, parse(SMALLEST + tables).engine(sales));
    assertEquals(Engine.DIRECT, parse(SMALLEST + tables).engine(new TableToken("store")));
  }

  @Test
  void aMisspeltEngineIsReportedWithTheKnownOnes() {
    String message =
        problems(SMALLEST + "merge: { engine: SQL }\ntables: { sales: { engine: dierct } }");

    for (String expected :
        List.of(
            "merge.engine: is not allowed: SQL. Write direct or sql.",
            "tables.sales.engine: is not allowed: dierct. Write direct or sql.")) {
      assertTrue(message.contains(expected), () -> expected + " in:\n" + message);
    }
  }

  @Test
  void bucketsFollowFromTheSizeUnlessTheyAreSaid() {
    assertEquals(OptionalInt.empty(), parse(SMALLEST).table("sales").buckets());
    assertEquals(OptionalInt.empty(), buckets("auto"));
    assertEquals(OptionalInt.of(0), buckets("0"));
    assertEquals(OptionalInt.of(2), buckets("2"));
  }

  @Test
  void anInvalidSizeOrNumberOfBucketsIsReported() {
    String merge = "merge: { bucket_from: 4 gigs, bucket_size: 0mb }\n";
    String message = problems(SMALLEST + merge + "tables: { sales: { buckets: 1 } }");

    for (String expected :
        List.of(
            "merge.bucket_from: is not a size: 4 gigs. Write a number and a unit:",
            "merge.bucket_size: is not a size: 0mb",
            "tables.sales.buckets: is not allowed: 1. Write auto, 0 for none, or a number from"
                + " 2")) {
      assertTrue(message.contains(expected), () -> expected + " in:\n" + message);
    }
    assertTrue(problems(SMALLEST + "tables: { sales: { buckets: many } }").contains("buckets: is"));
  }

  @Test
  void limitsOfRecordsAndFilesHaveBounds() {
    assertTrue(
        problems(SMALLEST + "merge: { max_record: 1gb }")
            .contains("max_record: is not allowed: 1gb. Write at least 64kb and at most 262144kb"));
    assertTrue(
        problems(SMALLEST + "merge: { max_record: 2mb, max_file: 1mb }")
            .contains("max_file: is not allowed: 1mb. Write at least 2048kb."));
  }

  @Test
  void deletesAreRememberedAsLongAsOlderFilesAreLookedFor() {
    assertTrue(
        problems(SMALLEST + "merge: { look_back: 8d, tombstones: 7d }")
            .contains(
                "merge.tombstones: is shorter than merge.look_back: 7d. Write at least the time of"
                    + " merge.look_back, or leave it out."));
    assertEquals(
        Duration.ofDays(30), parse(SMALLEST + "merge: { look_back: 30d }").merge().tombstones());
    assertEquals(
        Duration.ofDays(7), parse(SMALLEST + "merge: { look_back: 1d }").merge().tombstones());
  }

  @Test
  void everyMistakeIsReportedAtOnce() {
    String message =
        problems(
            """
            source: { url: "jdbc:mysql://db/app", user: firn, password: hunter2, slot: "Firn!", publication: firn, tables: ['public."Übersicht"'] }
            stream: { direct: yes please }
            rav: raw
            lake: { catalog: hive, database: lake }
            tables: { sale: { mask: { email: sha256 } } }
            merge: { look_back: soon, parallel_tables: 0 }
            """);

    for (String expected :
        List.of(
            "12 mistakes",
            "source.url: is not allowed: jdbc:mysql://db/app",
            "source.password: is not a reference: (not shown)",
            "source.slot: is not allowed: Firn!",
            "source.tables: cannot be a folder's name: Übersicht",
            "stream.direct: is not true or false: yes please",
            "raw: is missing",
            "rav: is not a key of this section: raw",
            "lake.catalog: is not allowed: hive",
            "lake.warehouse: is missing",
            "tables.sale: is not a table of source.tables, and has no format: sale",
            "merge.look_back: is not a duration: soon",
            "merge.parallel_tables: is not allowed: 0")) {
      assertTrue(message.contains(expected), () -> expected + " in:\n" + message);
    }
    assertTrue(!message.contains("hunter2"), message);
  }

  @Test
  void aMistakeOfYamlIsNamedWithItsPlace() {
    assertTrue(problems("source: {").contains("is not YAML"));
    assertTrue(problems("- a\n- b\n").contains("is not a mapping"));
    assertTrue(problems("raw: a\nraw: b\n").contains("duplicate key"));
  }

  @Test
  void twoTablesOfOneTokenAreRefused() {
    String yaml = SMALLEST.replace("[public.sales]", "[public.sales, 'public.\"Sales\"']");

    assertTrue(problems(yaml).contains("cannot be a folder's name: Sales"));
    assertTrue(
        problems(SMALLEST.replace("[public.sales]", "[sales, { table: other, token: sales }]"))
            .contains("two tables of one token: sales"));
  }

  @Test
  void aSecretIsReadFromTheEnvironmentWhereItIsUsed() {
    assertEquals("x", new Secret("PG").resolve(Map.of("PG", "x")));
    String message =
        assertThrows(OperatorException.class, () -> new Secret("PG").resolve(Map.of()))
            .getMessage();
    assertTrue(message.contains("export PG="), message);
  }

  private static PipelineConfig parse(String yaml) {
    return PipelineFile.parse(yaml, "pipeline.yaml", Path.of("/pipelines"));
  }

  @Test
  void whatADeclaredKeyCannotBeIsReportedAtOnce() {
    String problems =
        problems(
            SMALLEST
                + "tables: { sales: { key: [row, row, gone, seen, hashed], exclude: [gone],"
                + " mask: { seen: drop, hashed: sha256 } } }");

    assertTrue(problems.contains("tables.sales.key: names a column twice: row"), problems);
    assertTrue(problems.contains("tables.sales.key: is excluded: gone"), problems);
    assertTrue(
        problems.contains("tables.sales.key: is masked, and all rows would become one: seen"),
        problems);
    assertFalse(problems.contains("hashed"), problems);
  }

  private static String problems(String yaml) {
    return assertThrows(OperatorException.class, () -> parse(yaml)).getMessage();
  }

  private static OptionalInt buckets(String text) {
    return parse(SMALLEST + "tables: { sales: { buckets: " + text + " } }")
        .table("sales")
        .buckets();
  }
}
