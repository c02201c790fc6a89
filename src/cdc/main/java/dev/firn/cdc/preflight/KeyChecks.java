package dev.firn.cdc.preflight;

import dev.firn.cdc.preflight.KeyQueries.Faults;
import dev.firn.cdc.source.Source;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.SqlRemedy;
import dev.firn.source.SqlRemedy.Purpose;
import dev.firn.source.catalog.CatalogTable;
import java.util.List;
import java.util.Optional;

/**
 * The key of a table. A key that the configuration declares must be logged and must identify the
 * rows; a table without any key gets a warning. The rows are checked before the table is captured,
 * not at each start: later {@code verify} reports rows that violate the key.
 */
final class KeyChecks {

  private final KeyQueries queries;
  private final CapturedTables captured;

  KeyChecks(Source source, CapturedTables captured) {
    this.queries = new KeyQueries(source);
    this.captured = captured;
  }

  /** A problem of a declared key that the catalog shows, if there is one. */
  Optional<Finding> declared(SourceTable table, CatalogTable found, List<String> sent) {
    List<String> key = found.declaredKey();
    if (key.isEmpty()) {
      return Optional.empty();
    }
    String option = "tables.%s.key".formatted(table.token());
    List<String> missing = KeyQueries.missing(found, key, sent);
    if (!missing.isEmpty()) {
      return Optional.of(
          problem(
              table,
              "%s names columns that the table does not have or the publication does not send: %s"
                  .formatted(option, String.join(", ", missing)),
              "Correct the names (they are case-sensitive)."));
    }
    if (!found.logsOld(key)) {
      return Optional.of(
          problem(
                  table,
                  "its replica identity %s does not send the old values of %s: %s"
                      .formatted(found.identity(), option, key),
                  "")
              .with(
                  SqlRemedy.of(
                      Purpose.IDENTITY,
                      "ALTER TABLE %s REPLICA IDENTITY FULL;".formatted(table.name()))));
    }
    return Optional.empty();
  }

  /** A problem of a declared key that the rows show; the role must be able to read the table. */
  Optional<Finding> rows(SourceTable table, CatalogTable found) {
    if (found.declaredKey().isEmpty() || captured.contains(table.name(), found.oid())) {
      return Optional.empty();
    }
    Faults faults = queries.faults(table.name(), found, found.declaredKey());
    return faults.areNone()
        ? Optional.empty()
        : Optional.of(
            problem(
                table,
                "tables.%s.key %s is not unique: rows with NULL in it: %s, duplicate keys: %s"
                    .formatted(
                        table.token(), found.declaredKey(), faults.nulls(), faults.repeated()),
                "Correct these rows, or declare more columns as the key."));
  }

  /** How the table will be captured. */
  Finding ready(SourceTable table, CatalogTable found, List<String> sent) {
    if (!found.key().isEmpty()) {
      return Finding.ok("table %s, key %s".formatted(table.name(), found.key()));
    }
    Optional<String> candidate =
        captured.contains(table.name(), found.oid())
            ? Optional.empty()
            : queries.candidate(table.name(), found, sent);
    return Finding.warning(
        ("table %s has no key: the lake gets a change log (one row for each change) instead of a"
                + " mirror of the table, and verify cannot compare it")
            .formatted(table.name()),
        ("Add a primary key to get a mirror, or declare the columns that identify a row%s:"
                + " tables: { %s: { key: [%s] } }, with REPLICA IDENTITY FULL.")
            .formatted(
                candidate.isPresent() ? " (this column is unique now)" : "",
                table.token(),
                candidate.map(name -> "\"" + name + "\"").orElse("column")));
  }

  private static Finding problem(SourceTable table, String why, String remedy) {
    return Finding.problem("Cannot capture table %s: %s".formatted(table.name(), why), remedy);
  }
}
