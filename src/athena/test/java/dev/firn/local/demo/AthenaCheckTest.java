package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.firn.local.FirnHome;
import dev.firn.local.stage.StageConsole;
import dev.firn.local.stage.Stages;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * Twenty queries that give the same results in PostgreSQL and in Trino, which reads Firn's tables
 * from Glue's catalog and S3: after merges with position deletes, a schema change, and a
 * compaction, in this order.
 */
@RunsProcesses
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class AthenaCheckTest {

  private final StageConsole console = new StageConsole(System.out);
  private final DemoEnd end = DemoEnd.alsoOnSignal();
  private Stages stages;
  private Connection postgres;
  private Connection trino;

  @BeforeAll
  void runTheDemo() throws IOException, InterruptedException, SQLException {
    DemoFolder demo = new DemoFolder(FirnHome.folder().resolve("target/athena-check"));
    DemoSetup setup = new DemoSetup(console, end);
    DemoSetting setting = setup.onAws(demo);
    stages = setup.stages(setting);
    new Demo(Workload.read(FirnHome.sampleData(), 1), setting, stages, console)
        .run(Pace.perSecond(50));

    Path program = Path.of(System.getProperty("firn.trino"));
    Trino server = Trino.start(program, demo.path().resolve("trino"), setting.environment());
    end.add(server::close);
    postgres = setting.address().connect();
    trino = server.connect();
    execute(postgres, "SET TIME ZONE 'UTC'");
  }

  @AfterAll
  void endAll() {
    end.close();
  }

  @Test
  @Order(1)
  void afterMerges() throws Exception {
    assertFalse(
        read(trino, "SELECT 1 FROM \"sales$files\" WHERE content = 1").isEmpty(),
        "there are position deletes");
    assertEqualAnswers();
  }

  @Test
  @Order(2)
  void afterAChangeOfTheSchema() throws Exception {
    execute(postgres, "ALTER TABLE sales ADD COLUMN remark text");
    execute(postgres, "ALTER TABLE sales ALTER COLUMN year TYPE integer");
    execute(postgres, "ALTER TABLE promotion ADD COLUMN \"Channel\" text");
    execute(postgres, "UPDATE sales SET remark = 'checked ' || id WHERE id % 7 = 0");
    execute(postgres, "DELETE FROM sales WHERE id % 11 = 0");
    execute(postgres, "UPDATE promotion SET \"Channel\" = 'shop' WHERE code = 'FRESH'");
    carry();

    assertEqualAnswers();
    assertEqualAnswer("SELECT id, remark, year FROM sales");
    assertEqualAnswer("SELECT code, \"Channel\" FROM promotion");
  }

  @Test
  @Order(3)
  void afterACompactionAndMergesOnIt() throws Exception {
    for (String table : List.of("sales", "product", "store", "promotion")) {
      execute(trino, "ALTER TABLE " + table + " EXECUTE optimize(file_size_threshold => '1GB')");
    }
    assertEqualAnswers();

    execute(postgres, "UPDATE sales SET quantity = quantity + 1 WHERE id % 5 = 0");
    execute(postgres, "DELETE FROM sales WHERE id % 13 = 0");
    execute(postgres, "UPDATE store SET store_no = store_no + 1000 WHERE store_no % 2 = 0");
    carry();
    assertEqualAnswers();
  }

  @Test
  @Order(4)
  void everyTableIsOneThatAthenaReads() throws Exception {
    List<List<String>> tables =
        read(
            trino,
            "SELECT table_schema, table_name FROM information_schema.tables"
                + " WHERE table_schema IN ('lake', 'lake__firn')");
    assertFalse(tables.isEmpty());
    for (List<String> table : tables) {
      String name = "\"%s\".\"%s".formatted(table.get(0), table.get(1));
      assertEquals(
          List.of(List.of("2")),
          read(trino, "SELECT value FROM " + name + "$properties\" WHERE key = 'format-version'"),
          "Athena reads Iceberg's format 2: " + name);
    }
  }

  /** Merges the current state of PostgreSQL into the lake. */
  private void carry() throws InterruptedException {
    stages.start("capture", "capture", "--once").awaitSuccess();
    stages.start("deliver", "deliver", "--once").awaitSuccess();
    stages.start("merge", "merge").awaitSuccess();
    stages.startForResult("verify", "verify").awaitSuccess();
  }

  private void assertEqualAnswers() throws Exception {
    List<String> queries = queries();
    assertEquals(20, queries.size());
    for (String query : queries) {
      assertEqualAnswer(query);
    }
  }

  private void assertEqualAnswer(String query) throws SQLException {
    List<List<String>> expected = read(postgres, query);
    assertFalse(expected.isEmpty(), () -> "a query that shows nothing: " + query);
    assertEquals(lines(expected), lines(read(trino, query)), query);
    console.print("check", "%,5d rows equal: %s".formatted(expected.size(), query));
  }

  private static String lines(List<List<String>> rows) {
    return String.join("\n", rows.stream().map(row -> String.join(" | ", row)).sorted().toList());
  }

  private List<String> queries() throws IOException {
    String text = Files.readString(Path.of("test/resources/queries.sql"));
    return Arrays.stream(text.replaceAll("(?m)^--.*$", "").split(";", -1))
        .map(String::strip)
        .filter(query -> !query.isEmpty())
        .toList();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static List<List<String>> read(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      List<List<String>> read = new ArrayList<>();
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(Objects.toString(rows.getString(i), "∅"));
        }
        read.add(row);
      }
      return read;
    }
  }
}
