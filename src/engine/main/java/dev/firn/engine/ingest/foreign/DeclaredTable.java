package dev.firn.engine.ingest.foreign;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.contract.TableVersion;
import dev.firn.pipeline.ForeignTable;
import java.io.Serializable;
import java.util.List;

/** A table of the configuration, in a form that is serialized to the executors. */
record DeclaredTable(String token, String fingerprint, String schema, String name, Columns columns)
    implements Serializable {

  /** All columns in the order of the table, and the names of the key columns. */
  record Columns(List<DeclaredColumn> all, List<String> key) implements Serializable {}

  static DeclaredTable of(TableToken token, ForeignTable table) {
    SchemaDocument document = table.document(token);
    Columns columns =
        new Columns(
            document.columns().stream().map(DeclaredColumn::of).toList(),
            document.keyColumns().stream().map(Column::name).toList());
    return new DeclaredTable(
        token.value(),
        document.fingerprint(),
        table.name().schema(),
        table.name().table(),
        columns);
  }

  boolean isKey(DeclaredColumn column) {
    return columns.key().contains(column.name());
  }

  boolean hasColumn(String column) {
    return columns.all().stream().anyMatch(one -> one.name().equals(column));
  }

  /** The table's qualified name in PostgreSQL, which some records contain. */
  String qualifiedName() {
    return schema + "." + name;
  }

  void requireName(String recordSchema, String recordTable) {
    if (!recordSchema.equals(schema) || !recordTable.equals(name)) {
      throw new MalformedRecordException(
          "the event belongs to another table: %s.%s".formatted(recordSchema, recordTable));
    }
  }

  ChangeEvent event(Operation operation, Place place, RowImage row) {
    return new ChangeEvent(
        new TableVersion(new TableToken(token), fingerprint),
        operation,
        place.position(operation, row),
        place.committedAt(),
        row);
  }
}
