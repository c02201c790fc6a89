package dev.firn.etl.merge;

import dev.firn.console.OperatorException;
import dev.firn.contract.Position;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.etl.ingest.RowBinding;
import dev.firn.etl.ingest.TableReader;
import dev.firn.etl.lake.LakeCatalog;
import dev.firn.etl.lake.RowMetadata;
import dev.firn.etl.schema.SchemaEvolution;
import dev.firn.etl.schema.SchemaNotes;
import dev.firn.etl.schema.SourceSchema;
import dev.firn.etl.schema.TableShape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A table of the lake that mirrors one of the source, or is its change log when it has no key. It
 * is made at the first merge and follows its schema documents.
 */
final class TargetTable {

  /** The name the source has for it; for people. */
  static final String SOURCE_PROPERTY = "firn.source";

  private final TableToken token;
  private final Table table;
  private final List<SourceSchema> schemas;
  private final List<String> schemaChanges;

  private TargetTable(
      TableToken token, Table table, List<SourceSchema> schemas, List<String> schemaChanges) {
    this.token = token;
    this.table = table;
    this.schemas = schemas;
    this.schemaChanges = schemaChanges;
  }

  /**
   * @param schemas of the table, at least one, the newest last
   * @param properties given to the table if it is made now
   */
  static TargetTable open(
      LakeCatalog lake,
      TableToken token,
      List<SourceSchema> schemas,
      Map<String, String> properties) {
    Table table =
        lake.exists(lake.mirror(token))
            ? lake.loadToWrite(lake.mirror(token))
            : create(lake, token, newest(token, schemas), properties);
    if (table.currentSnapshot() == null) {
      // A branch can only begin at a snapshot.
      table.newFastAppend().commit();
    }
    TableDefaults.declareOrder(table);
    List<String> changes = new ArrayList<>(SchemaEvolution.apply(table, schemas));
    changes.addAll(SchemaNotes.of(table, schemas));
    return new TargetTable(token, table, schemas, changes);
  }

  // An older one may have what the lake refuses, or a key that was given up since.
  private static SchemaDocument newest(TableToken token, List<SourceSchema> schemas) {
    return schemas.stream()
        .filter(schema -> !schema.isRefused())
        .reduce((older, newer) -> newer)
        .map(SourceSchema::document)
        .orElseThrow(
            () ->
                new OperatorException(
                    "Cannot make table %s: the lake cannot take its columns".formatted(token),
                    schemas.get(schemas.size() - 1).refusal()));
  }

  private static Table create(
      LakeCatalog lake, TableToken token, SchemaDocument document, Map<String, String> properties) {
    Schema schema = TableShape.of(document);
    Map<String, String> all = new HashMap<>(TableDefaults.of(schema));
    all.put(SOURCE_PROPERTY, document.source());
    all.putAll(properties);
    try {
      return lake.build(lake.mirror(token), schema)
          .withSortOrder(TableDefaults.order(schema))
          .withProperties(all)
          .create();
    } catch (AlreadyExistsException e) {
      return lake.load(lake.mirror(token));
    }
  }

  TableToken token() {
    return token;
  }

  Table table() {
    return table;
  }

  List<String> schemaChanges() {
    return schemaChanges;
  }

  /** It has no key, and keeps every event as a row. */
  boolean isChangeLog() {
    return RowMetadata.isChangeLog(table.schema());
  }

  boolean hasUnchangedColumn() {
    return table.schema().findField(RowMetadata.UNCHANGED) != null;
  }

  /** The source's columns, in the lake's order. */
  List<String> columns() {
    return RowBinding.sourceColumns(table.schema()).stream().map(NestedField::name).toList();
  }

  /** The columns that tell rows apart: the key, or in a change log the position. */
  List<String> keyColumns() {
    return table.schema().columns().stream()
        .filter(field -> table.schema().identifierFieldIds().contains(field.fieldId()))
        .map(NestedField::name)
        .toList();
  }

  TableReader reader() {
    return new TableReader(token, table.schema(), schemas, isChangeLog());
  }

  /** Rows below this position are gone; a change log keeps them. */
  Position truncation(Position truncatedAt) {
    return isChangeLog() ? Position.NONE : truncatedAt;
  }
}
