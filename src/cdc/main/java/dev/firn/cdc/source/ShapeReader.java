package dev.firn.cdc.source;

import dev.firn.cdc.event.ShapeColumn;
import dev.firn.cdc.event.Shapes;
import dev.firn.cdc.event.TableShape;
import dev.firn.cdc.pgoutput.Message.Relation;
import dev.firn.cdc.pgoutput.RelationColumn;
import dev.firn.cdc.value.Masking;
import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.contract.Column;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.SchemaDocument;
import dev.firn.pipeline.Mask;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.pipeline.TableConfig;
import dev.firn.source.Secrets;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.CatalogTable.CatalogColumn;
import dev.firn.source.catalog.SqlSession;
import dev.firn.source.catalog.TableCatalog;
import dev.firn.source.catalog.TypeCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes the shape of a table from its Relation message and, for what that does not say (names of
 * types, NULL, the order of the key, the key beside REPLICA IDENTITY FULL), from the catalog. The
 * catalog may be ahead of the log; where the two differ, the log is right.
 */
public final class ShapeReader implements Shapes {

  private final PipelineConfig config;
  private final Map<QualifiedName, SourceTable> tables;
  private final Map<QualifiedName, CapturedTable> captured;
  private final TableCatalog catalog;
  private final TypeCatalog types;
  private final Masking masking;

  /**
   * @param captured the tables whose snapshot is taken, or begun
   */
  public ShapeReader(
      PipelineConfig config, SqlSession sql, Map<QualifiedName, CapturedTable> captured) {
    this.config = config;
    this.tables =
        config.source().tables().stream()
            .collect(Collectors.toMap(SourceTable::name, Function.identity()));
    this.captured = Map.copyOf(captured);
    this.catalog = new TableCatalog(sql);
    this.types = new TypeCatalog(sql);
    this.masking = new Masking(() -> Secrets.resolve(config.source().maskKey()));
  }

  @Override
  public Optional<TableShape> shape(Relation relation) {
    QualifiedName name = new QualifiedName(relation.schema(), relation.table());
    refuseOtherTable(name, relation.oid());
    return Optional.ofNullable(tables.get(name))
        .map(table -> shape(table, relation, catalog.find(name)));
  }

  // A name is only a name: rows of another table would go on where this one's ended.
  private void refuseOtherTable(QualifiedName name, long oid) {
    CapturedTable table = captured.get(name);
    boolean replaced = table != null && table.oid() != oid;
    boolean renamed =
        table == null && captured.values().stream().anyMatch(other -> other.oid() == oid);
    if (replaced || renamed) {
      throw new DecisionException(
          "Cannot go on with %s: %s: its rows are not those that were captured"
              .formatted(name, replaced ? "the table was replaced" : "a table was renamed to it"),
          "Set source.tables right and run 'firn capture --resnapshot'.");
    }
  }

  /**
   * The shape that a table has in the catalog now, as the stream would give it.
   *
   * @param published names of the columns that are sent
   */
  public TableShape current(SourceTable table, CatalogTable found, List<String> published) {
    return shape(table, relation(table.name(), found, published), Optional.of(found));
  }

  private TableShape shape(SourceTable table, Relation relation, Optional<CatalogTable> found) {
    List<String> key = key(table.name(), relation, found);
    TableConfig options = config.table(table.token().value());
    Set<String> exclude = options.exclude();
    List<ShapeColumn> columns = new ArrayList<>();
    for (int i = 0; i < relation.columns().size(); i++) {
      RelationColumn column = relation.columns().get(i);
      if (!exclude.contains(column.name())) {
        ShapeColumn plain = column(i, column, key.indexOf(column.name()) + 1, found);
        columns.add(masked(plain, Optional.ofNullable(options.masks().get(column.name()))));
      }
    }
    refuseLostKey(table, key, options);
    SchemaDocument document =
        new SchemaDocument(
            table.token(),
            table.name().toString(),
            columns.stream().map(ShapeColumn::column).toList(),
            relation.identity());
    CapturedTable known = captured.get(table.name());
    return new TableShape(table.name(), document, columns, known == null ? 0 : known.since());
  }

  private ShapeColumn column(
      int index, RelationColumn column, int keyOrdinal, Optional<CatalogTable> found) {
    ColumnType type = ColumnType.of(types.resolve(column.typeOid()));
    boolean nullable =
        found
            .flatMap(table -> table.column(column.name()))
            .map(CatalogColumn::nullable)
            .orElse(true);
    return new ShapeColumn(
        index,
        new Column(
            column.name(),
            type.type().name(),
            type.modifiers(column.typeModifier()),
            nullable,
            keyOrdinal),
        type.type(),
        column.inIdentity());
  }

  private ShapeColumn masked(ShapeColumn plain, Optional<Mask> mask) {
    return mask.map(found -> plain.as(Masking.masked(plain.column(), found), masking.writer(found)))
        .orElse(plain);
  }

  private static List<String> key(
      QualifiedName name, Relation relation, Optional<CatalogTable> found) {
    List<String> catalogKey = found.map(CatalogTable::key).orElse(List.of());
    if (relation.identity() == ReplicaIdentity.DEFAULT
        || relation.identity() == ReplicaIdentity.INDEX) {
      List<String> logged =
          relation.columns().stream()
              .filter(RelationColumn::inIdentity)
              .map(RelationColumn::name)
              .toList();
      return new HashSet<>(logged).equals(new HashSet<>(catalogKey)) ? catalogKey : logged;
    }
    Set<String> columns =
        relation.columns().stream().map(RelationColumn::name).collect(Collectors.toSet());
    if (!columns.containsAll(catalogKey)) {
      throw new DecisionException(
          "Cannot tell the key of %s: the primary key changed after these rows: %s"
              .formatted(name, catalogKey),
          "Run 'firn capture --resnapshot'.");
    }
    return catalogKey;
  }

  private static void refuseLostKey(SourceTable table, List<String> key, TableConfig options) {
    for (String column : key) {
      if (options.exclude().contains(column)) {
        throw new OperatorException(
            "Cannot exclude column of %s: it is in the key: %s".formatted(table.name(), column),
            "Take it out of tables.%s.exclude.".formatted(table.token()));
      }
      Mask mask = options.masks().get(column);
      if (mask instanceof Mask.Drop || mask instanceof Mask.Fixed) {
        throw new OperatorException(
            "Cannot mask column of %s: it is in the key, and all rows would become one: %s"
                .formatted(table.name(), column),
            "Write sha256 in tables.%s.mask, which keeps rows apart.".formatted(table.token()));
      }
    }
  }

  /** What the stream would say of the table, so that both give one schema document. */
  private static Relation relation(QualifiedName name, CatalogTable table, List<String> published) {
    List<RelationColumn> columns =
        table.columns().stream()
            .filter(column -> published.contains(column.name()))
            .map(column -> column(table, column))
            .toList();
    return new Relation(table.oid(), name.schema(), name.table(), table.identity(), columns);
  }

  private static RelationColumn column(CatalogTable table, CatalogColumn column) {
    return new RelationColumn(
        column.name(),
        column.typeOid(),
        column.typeModifier(),
        table.key().contains(column.name()));
  }
}
