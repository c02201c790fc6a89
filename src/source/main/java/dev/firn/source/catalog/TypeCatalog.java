package dev.firn.source.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Resolves type OIDs: a domain to its base type, an array to its element. Results are cached: an
 * OID is not reused for another type while events refer to it.
 */
public final class TypeCatalog {

  private static final String LOOKUP =
      """
      SELECT CASE WHEN n.nspname = 'pg_catalog' OR NOT EXISTS (
                    SELECT FROM pg_type b
                    WHERE b.typname = t.typname AND b.typnamespace = 'pg_catalog'::regnamespace)
                  THEN t.typname::text ELSE n.nspname || '.' || t.typname END AS name,
             n.nspname = 'pg_catalog' AS built_in,
             CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE 0 END AS base,
             t.typtypmod AS modifier,
             coalesce(e.oid, 0) AS element,
             coalesce(e.typdelim, ',') AS delimiter
      FROM pg_type t
      JOIN pg_namespace n ON n.oid = t.typnamespace
      LEFT JOIN pg_type e ON e.typarray = t.oid
      WHERE t.oid = ?
      """;

  private final SqlSession sql;
  private final Map<Long, CatalogType> resolved = new HashMap<>();

  public TypeCatalog(SqlSession sql) {
    this.sql = sql;
  }

  public CatalogType resolve(long oid) {
    CatalogType known = resolved.get(oid);
    if (known == null) {
      known = look(oid);
      resolved.put(oid, known);
    }
    return known;
  }

  private CatalogType look(long oid) {
    Optional<Entry> found = sql.first("look up type " + oid, LOOKUP, TypeCatalog::entry, oid);
    // A type that was dropped since: its values are still texts.
    Entry entry = found.orElse(new Entry("unknown", true, 0, -1, 0, ','));
    if (entry.base() != 0) {
      return resolve(entry.base()).constrained(entry.modifier());
    }
    return entry.element() == 0
        ? CatalogType.scalar(entry.name(), entry.builtIn())
        : CatalogType.array(resolve(entry.element()), entry.delimiter());
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("name"),
        row.getBoolean("built_in"),
        row.getLong("base"),
        row.getInt("modifier"),
        row.getLong("element"),
        row.getString("delimiter").charAt(0));
  }

  private record Entry(
      String name, boolean builtIn, long base, int modifier, long element, char delimiter) {}
}
