package dev.firn.source.catalog;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.TableToken;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.Lsn;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnPostgres
class PendingChangesTest {

  private TestDatabase database;
  private SourceConfig source;

  @BeforeEach
  void odd(TestDatabase empty) {
    database = empty;
    String slot =
        "s" + database.queryText("SELECT oid FROM pg_database WHERE datname = current_database()");
    SourceTable odd =
        new SourceTable(new QualifiedName("Odd schema", "Na\"me é"), new TableToken("odd"));
    SourceTable parted =
        new SourceTable(new QualifiedName("public", "parted"), new TableToken("parted"));
    source =
        new SourceConfig(
            database.url(),
            TestDatabase.USER,
            new Secret("PATH"),
            slot,
            slot,
            List.of(odd, parted));
    database.execute(
        "CREATE SCHEMA \"Odd schema\"",
        "CREATE TABLE \"Odd schema\".\"Na\"\"me é\" (id int PRIMARY KEY)",
        "CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE TABLE part PARTITION OF parted FOR VALUES FROM (0) TO (100)",
        "CREATE TABLE other (id int PRIMARY KEY)",
        "CREATE PUBLICATION %s FOR ALL TABLES WITH (publish_via_partition_root)".formatted(slot),
        "SELECT pg_create_logical_replication_slot('%s', 'pgoutput')".formatted(slot));
  }

  @Test
  void changesOfCapturedTablesCount() {
    assertFalse(isPending(), "nothing");
    assertFalse(isPending("INSERT INTO other SELECT generate_series(1, 10)"), "another table");
    assertTrue(isPending("INSERT INTO \"Odd schema\".\"Na\"\"me é\" VALUES (1)"), "a row");
  }

  @Test
  void theyCountAfterManyOthers() {
    assertFalse(isPending("INSERT INTO other SELECT generate_series(1, 3000)"));
    assertTrue(isPending("TRUNCATE \"Odd schema\".\"Na\"\"me é\""));
  }

  @Test
  void aChangeOfAPartitionIsOneOfItsTable() {
    assertTrue(isPending("INSERT INTO part VALUES (1)"));
  }

  private boolean isPending(String... changes) {
    // The test server commits without waiting for its log; a slot shows what is on disk.
    for (String change : changes) {
      database.execute("SET synchronous_commit = on", change);
    }
    try (SqlSession sql = new SqlSession(database.connect())) {
      return new PendingChanges(sql, source)
          .before(Lsn.parse(sql.text("ask", "SELECT pg_current_wal_lsn()")));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
