package dev.firn.source.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

@OnPostgres
class SqlTextTest {

  @Test
  void everyWordThatPostgresReservesIsQuoted(TestDatabase database) throws SQLException {
    try (SqlSession sql = new SqlSession(database.connect())) {
      List<String> reserved =
          sql.list(
              "list keywords",
              "SELECT word FROM pg_get_keywords() WHERE catcode IN ('R', 'T')",
              row -> row.getString(1));

      assertEquals(
          List.of(),
          reserved.stream().filter(word -> SqlText.identifier(word).equals(word)).toList());
    }
  }
}
