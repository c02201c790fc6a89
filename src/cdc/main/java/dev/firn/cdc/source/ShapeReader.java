package dev.firn.cdc.source;

import dev.firn.cdc.event.ShapeColumn;
import dev.firn.cdc.event.TableShape;
import dev.firn.cdc.pgoutput.Message.Relation;
import dev.firn.cdc.pgoutput.RelationColumn;
import dev.firn.cdc.value.Masking;
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
import dev.firn.source.catalog.TypeCatalog;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Builds the shape of a table from its Relation message and, for what that does not contain (names
 * of types, NULL, the order of the key, the key of a table with REPLICA IDENTITY FULL), from the
 * catalog. The catalog may be ahead of the log; if the two differ, the log is right.
 */
public final class ShapeReader {

  private final PipelineConfig config;
  private final TypeCatalog types;
  private final Masking masking;

  public ShapeReader(PipelineConfig config, SqlSession sql) {
    this.config = config;
    this.types = new TypeCatalog(sql);
    this.masking = new Masking(() -> Secrets.resolve(config.source().maskKey()));
  }

  /**
   * The shape of a table by the current catalog, identical to the one that the stream would yield.
   *
   * @param published names of the columns that are sent
   */
  public TableShape current(SourceTable table, CatalogTable found, List<String> published) {
    try {
      return shape(table, relation(table.name(), found, published), Optional.of(found));
    } catch (TableStopException e) {
      throw new OperatorException(
          "Cannot capture %s: %s".formatted(table.name(), e.getMessage()),
          "Change the table, or remove it from source.tables.");
    }
  }

  /**
   * @param relation of the table, by the name that it has at that position of the log
   * @param found the table in the current catalog, by its OID
   * @throws TableStopException when the rows cannot be captured
   */
  TableShape shape(SourceTable table, Relation relation, Optional<CatalogTable> found) {
    TableConfig options = config.table(table.token().value());
    List<String> declared = declaredKey(table);
    List<String> key =
        declared.isEmpty() ? key(relation, found) : declared(table, relation, declared);
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
    if (columns.isEmpty()) {
      throw new TableStopException("none of its columns is captured");
    }
    SchemaDocument document =
        new SchemaDocument(
            table.token(),
            table.name().toString(),
            columns.stream().map(ShapeColumn::column).toList(),
            relation.identity());
    return new TableShape(
        new QualifiedName(relation.schema(), relation.table()), document, columns);
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

  private static List<String> key(Relation relation, Optional<CatalogTable> found) {
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
    if (found.isEmpty()) {
      throw new TableStopException("the table was dropped, so its key cannot be looked up");
    }
    Set<String> columns =
        relation.columns().stream().map(RelationColumn::name).collect(Collectors.toSet());
    if (!columns.containsAll(catalogKey)) {
      throw new TableStopException(
          "the primary key was changed after these rows were logged: " + catalogKey);
    }
    return catalogKey;
  }

  /** The key that the configuration declares; empty if the source's key is used. */
  List<String> declaredKey(SourceTable table) {
    return config.table(table.token().value()).key();
  }

  /** The key of the configuration, provided that the log has its old values. */
  private static List<String> declared(SourceTable table, Relation relation, List<String> key) {
    Set<String> columns = names(relation, column -> true);
    if (!columns.containsAll(key)) {
      throw new TableStopException(
          "tables.%s.key names a column that it does not have or the publication does not send: %s"
              .formatted(table.token(), key));
    }
    boolean logged =
        switch (relation.identity()) {
          case FULL -> true;
          case NOTHING -> false;
          case DEFAULT, INDEX -> names(relation, RelationColumn::inIdentity).containsAll(key);
        };
    if (!logged) {
      throw new TableStopException(
          "its replica identity does not send the old values of tables.%s.key: %s"
              .formatted(table.token(), key));
    }
    return key;
  }

  private static Set<String> names(Relation relation, Predicate<RelationColumn> which) {
    return relation.columns().stream()
        .filter(which)
        .map(RelationColumn::name)
        .collect(Collectors.toSet());
  }

  private static void refuseLostKey(SourceTable table, List<String> key, TableConfig options) {
    for (String column : key) {
      if (options.exclude().contains(column)) {
        throw new TableStopException(
            "tables.%s.exclude excludes a column of its key: %s".formatted(table.token(), column));
      }
      Mask mask = options.masks().get(column);
      if (mask instanceof Mask.Drop || mask instanceof Mask.Fixed) {
        throw new TableStopException(
            "tables.%s.mask masks a column of its key, so all rows would become one: %s"
                .formatted(table.token(), column));
      }
    }
  }

  /**
   * The Relation message that the stream would send, so that both yield the same schema document.
   */
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
        table.ownKey().contains(column.name()));
  }
}
