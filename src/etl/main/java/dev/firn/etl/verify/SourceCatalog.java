package dev.firn.etl.verify;

import dev.firn.console.OperatorException;
import dev.firn.contract.Column;
import dev.firn.engine.schema.LakeTypes;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.TableConfig;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.CatalogTable.CatalogColumn;
import dev.firn.source.catalog.PublishedTables;
import dev.firn.source.catalog.SqlSession;
import dev.firn.source.catalog.TableCatalog;
import dev.firn.source.catalog.TypeCatalog;
import java.util.Comparator;
import java.util.List;

/**
 * Determines which columns and rows of a table are compared: those that capture sends, read from
 * the catalog in the same way.
 */
final class SourceCatalog {

  private final String publication;
  private final TableCatalog tables;
  private final PublishedTables published;
  private final TypeCatalog types;

  SourceCatalog(SqlSession sql, String publication) {
    this.publication = publication;
    this.tables = new TableCatalog(sql);
    this.published = new PublishedTables(sql, publication);
    this.types = new TypeCatalog(sql);
  }

  /**
   * @param options of the table: its captured columns and its key
   */
  SourceShape shape(QualifiedName name, TableConfig options) {
    CatalogTable table =
        tables
            .find(name)
            .filter(CatalogTable::isTable)
            .orElseThrow(() -> missing(name))
            .keyed(options.key());
    PublishedTables.Extent sent = published.find(name, table).orElseThrow(() -> unpublished(name));
    List<SourceColumn> columns =
        table.columns().stream()
            .filter(column -> sent.columns().contains(column.name()))
            .filter(column -> !options.exclude().contains(column.name()))
            .map(this::column)
            .sorted(Comparator.comparing(SourceColumn::name))
            .toList();
    return new SourceShape(name, columns, table.key(), sent.condition(), table.isPartitioned());
  }

  // Type modifiers do not affect the text of a value.
  private SourceColumn column(CatalogColumn column) {
    String type = types.resolve(column.typeOid()).name();
    Column lake = new Column(column.name(), type, List.of(), true, 0);
    return new SourceColumn(column.name(), type, ValueText.of(LakeTypes.of(lake)));
  }

  private static OperatorException missing(QualifiedName name) {
    return new OperatorException(
        "Cannot verify table: it does not exist in the source: " + name,
        "Remove it from source.tables, or correct its name there.");
  }

  private OperatorException unpublished(QualifiedName name) {
    return new OperatorException(
        "Cannot verify %s: it is not in the publication: %s".formatted(name, publication),
        "Run ALTER PUBLICATION %s ADD TABLE %s; then run capture and merge."
            .formatted(QualifiedName.quote(publication), name));
  }
}
