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
 * The key of a table: one that the configuration declares has to be logged, and to tell the rows
 * apart; where there is none at all, what that means is said. The rows are asked before the table
 * is captured, and not at each start: later {@code verify} names what is wrong with them.
 */
final class KeyChecks {

  private final KeyQueries queries;
  private final CapturedTables captured;

  KeyChecks(Source source, CapturedTables captured) {
    this.queries = new KeyQueries(source);
    this.captured = captured;
  }

  /** What the catalog says against a declared key, if anything. */
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
              "%s names columns that it does not have, or does not send: %s"
                  .formatted(option, String.join(", ", missing)),
              "Correct the names (case counts)."));
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

  /** What the rows say of a declared key; to be asked of a table that the role may read. */
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
                "tables.%s.key %s does not tell its rows apart: rows with NULL in it: %s, values of several rows: %s"
                    .formatted(
                        table.token(), found.declaredKey(), faults.nulls(), faults.repeated()),
                "Correct these rows, or declare more columns."));
  }

  /** What becomes of the table. */
  Finding ready(SourceTable table, CatalogTable found, List<String> sent) {
    if (!found.key().isEmpty()) {
      return Finding.ok("table %s, key %s".formatted(table.name(), found.key()));
    }
    Optional<String> candidate =
        captured.contains(table.name(), found.oid())
            ? Optional.empty()
            : queries.candidate(table.name(), found, sent);
    return Finding.warning(
        ("table %s has no key: the lake keeps a change log of it, a row for each change, and not"
                + " the table as it is; verify cannot compare it")
            .formatted(table.name()),
        "Give it a primary key to have the table itself in the lake, or declare what tells its rows"
            + " apart%s: tables: { %s: { key: [%s] } }, with REPLICA IDENTITY FULL."
                .formatted(
                    candidate.isPresent() ? " (no two rows are alike in this column now)" : "",
                    table.token(),
                    candidate.map(name -> "\"" + name + "\"").orElse("column")));
  }

  private static Finding problem(SourceTable table, String why, String remedy) {
    return Finding.problem("Cannot capture table %s: %s".formatted(table.name(), why), remedy);
  }
}
