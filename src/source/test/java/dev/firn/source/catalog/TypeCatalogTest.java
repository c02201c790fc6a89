package dev.firn.source.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Types have one name, whoever asks. */
@OnPostgres
class TypeCatalogTest {

  @Test
  void typesAreNamedAsTheContractHasThem(TestDatabase database) throws SQLException {
    database.execute(
        "CREATE TYPE mood AS ENUM ('sad')",
        "CREATE TYPE public.text AS (a int)",
        "CREATE DOMAIN price AS numeric(14,2)",
        "CREATE DOMAIN prices AS price[]");
    try (SqlSession sql = new SqlSession(database.connect())) {
      assertEquals("int4", type(sql, "int").name());
      assertEquals("timestamptz[]", type(sql, "timestamptz[]").name());
      assertEquals("mood", type(sql, "mood").name());
      assertEquals("public.text", type(sql, "public.text").name());
      assertEquals("numeric", type(sql, "price").name());
      assertEquals((14 << 16 | 2) + 4, type(sql, "price").modifier());
      assertEquals("numeric[]", type(sql, "prices").name());
      assertEquals((14 << 16 | 2) + 4, type(sql, "prices").modifier());
      assertEquals("unknown", new TypeCatalog(sql).resolve(4_000_000_000L).name());
    }
  }

  private static CatalogType type(SqlSession sql, String name) {
    long oid = Long.parseLong(sql.text("look up a type", "SELECT ?::regtype::oid", name));
    return new TypeCatalog(sql).resolve(oid);
  }
}
