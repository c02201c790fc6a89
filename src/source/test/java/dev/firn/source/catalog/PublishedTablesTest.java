package dev.firn.source.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.pipeline.QualifiedName;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the catalog says of a publication, held against what PostgreSQL really sends. */
@OnPostgres
class PublishedTablesTest {

  private static final QualifiedName ODD = new QualifiedName("public", "odd");

  @Test
  void theColumnsAreThoseThatAreSent(TestDatabase database) throws SQLException {
    try (SqlSession sql = new SqlSession(database.connect())) {
      odd(database, "");

      assertEquals(List.of("id", "Name", "n"), sent(sql, "INSERT INTO odd (id, n) VALUES (1, 1)"));
      assertEquals(Optional.of(List.of("id", "Name", "n")), published(sql));
    }
  }

  @Test
  void aListOfColumnsLeavesOutTheOthers(TestDatabase database) throws SQLException {
    try (SqlSession sql = new SqlSession(database.connect())) {
      odd(database, sql.version() >= 150000 ? "(id, n)" : "");

      List<String> sent = sent(sql, "INSERT INTO odd (id, n) VALUES (1, 1)");

      assertEquals(Optional.of(sent), published(sql));
    }
  }

  @Test
  void generatedColumnsAreThereOnceTheyArePublished(TestDatabase database) throws SQLException {
    try (SqlSession sql = new SqlSession(database.connect())) {
      odd(database, "");
      if (sql.version() >= 180000) {
        database.execute("ALTER PUBLICATION p SET (publish_generated_columns = stored)");
      }

      List<String> sent = sent(sql, "INSERT INTO odd (id, n) VALUES (1, 1)");

      assertEquals(sql.version() >= 180000, sent.contains("twice"));
      assertEquals(Optional.of(sent), published(sql));
    }
  }

  @Test
  void aTableOutsideThePublicationIsNotPublishedOnAnyServer(TestDatabase database)
      throws SQLException {
    try (SqlSession sql = new SqlSession(database.connect())) {
      odd(database, "");
      database.execute("ALTER PUBLICATION p DROP TABLE odd");

      assertTrue(published(sql).isEmpty());
    }
  }

  private static void odd(TestDatabase database, String columns) {
    database.execute(
        "CREATE TABLE odd (id int PRIMARY KEY, gone int, \"Name\" text,"
            + " twice int GENERATED ALWAYS AS (id * 2) STORED, n int)",
        "ALTER TABLE odd DROP COLUMN gone",
        "CREATE PUBLICATION p FOR TABLE odd " + columns,
        "SELECT pg_create_logical_replication_slot(current_database()::text, 'pgoutput')");
  }

  private static Optional<List<String>> published(SqlSession sql) {
    CatalogTable table = new TableCatalog(sql).find(ODD).orElseThrow();
    return new PublishedTables(sql, "p").find(ODD, table).map(PublishedTables.Extent::columns);
  }

  /** The columns of the Relation message of a change (documentation, "Message Formats"). */
  private static List<String> sent(SqlSession sql, String change) {
    // The test server commits without waiting for its log; a slot shows what is on disk.
    sql.execute("commit at once", "SET synchronous_commit = on");
    sql.execute("change a row", change);
    byte[] relation =
        sql.first(
                "look into the slot",
                "SELECT data FROM pg_logical_slot_peek_binary_changes(current_database()::name,"
                    + " NULL, NULL, 'proto_version', '1', 'publication_names', 'p')"
                    + " WHERE get_byte(data, 0) = ascii('R')",
                row -> row.getBytes(1))
            .orElseThrow();
    ByteBuffer in = ByteBuffer.wrap(relation, 5, relation.length - 5);
    text(in);
    text(in);
    in.get();
    List<String> names = new ArrayList<>();
    for (int left = in.getShort(); left > 0; left--) {
      in.get();
      names.add(text(in));
      in.getLong();
    }
    return names;
  }

  /** Up to the zero that ends a text. */
  private static String text(ByteBuffer in) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    for (byte next = in.get(); next != 0; next = in.get()) {
      text.write(next);
    }
    return text.toString(StandardCharsets.UTF_8);
  }
}
