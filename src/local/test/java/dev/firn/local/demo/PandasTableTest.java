package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.local.FirnHome;
import dev.firn.local.database.DatabaseAddress;
import dev.firn.local.database.LocalDatabase;
import dev.firn.local.stage.Stages;
import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The usual first steps of change data capture: a script writes a CSV file by pandas' {@code
 * to_sql}, which creates no primary key; the publication is FOR ALL TABLES, the identity FULL.
 */
@RunsProcesses
class PandasTableTest {

  private static final String PIPELINE =
      """
      source:
        url: "%s"
        user: %s
        password: "${env:FIRN_PG_PASSWORD}"
        slot: firn
        publication: cdc
        tables: [public.sales]
      tables: { sales: { key: [row] } }
      stream: { direct: true, buffer: { age: 1s } }
      raw: raw
      lake: { catalog: "jdbc:sqlite:catalog.db", database: lake, warehouse: warehouse }
      """;

  private final Printed printed = new Printed();

  @Test
  void itBecomesAMirrorThatIsProvedEqual(@TempDir Path folder)
      throws IOException, InterruptedException, SQLException {
    LocalDatabase database = LocalDatabase.start(folder.resolve("database"));
    try (Stages stages = stages(folder, database.address());
        Connection connection = connect(database.address());
        Statement sql = connection.createStatement()) {
      sql.execute(
          "CREATE TABLE sales (\"row\" BIGINT, region TEXT, price FLOAT(53),"
              + " day TIMESTAMP WITHOUT TIME ZONE, sold BOOLEAN)");
      sql.execute("GRANT SELECT ON sales TO " + database.address().user());
      sql.execute("create publication cdc for all tables");
      sql.execute("alter table sales replica identity full");
      sql.execute(
          "INSERT INTO sales SELECT n, 'region ' || n % 3, n / 7.0, timestamp '2024-01-01', n % 2 ="
              + " 0 FROM generate_series(1, 100) n");
      run(stages, "capture", "--once");

      sql.execute(
          "INSERT INTO sales VALUES (101, NULL, 'NaN', now(), true), (102, '', 0, NULL, NULL)");
      sql.execute("UPDATE sales SET price = price * 2 WHERE \"row\" <= 10");
      sql.execute("UPDATE sales SET \"row\" = 1000 WHERE \"row\" = 20");
      sql.execute("DELETE FROM sales WHERE \"row\" BETWEEN 30 AND 39");
      sql.execute("CREATE TABLE other (id int PRIMARY KEY)");
      sql.execute("INSERT INTO other VALUES (1)");
      run(stages, "capture", "--once");
      run(stages, "merge");
      run(stages, "verify");

      printed.assertHas("verify: all 1 tables equal");
    } finally {
      database.close();
    }
  }

  private void run(Stages stages, String verb, String... options)
      throws IOException, InterruptedException {
    assertEquals(0, stages.start(verb, verb, options).await(), printed::toString);
  }

  private Stages stages(Path folder, DatabaseAddress address) throws IOException {
    Path pipeline = folder.resolve("pipeline.yaml");
    Files.writeString(pipeline, PIPELINE.formatted(address.url(), address.user()));
    return new Stages(
        FirnHome.command(), pipeline, Map.of("FIRN_PG_PASSWORD", "any"), printed.console());
  }

  /** As a superuser, whom a publication FOR ALL TABLES needs. */
  private static Connection connect(DatabaseAddress address) throws SQLException {
    return DriverManager.getConnection(address.url(), "postgres", "any");
  }
}
