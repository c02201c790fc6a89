package dev.firn.cdc.source;

import dev.firn.cdc.event.Shapes;
import dev.firn.cdc.event.TableShape;
import dev.firn.cdc.pgoutput.Message.Relation;
import dev.firn.cdc.pgoutput.RelationColumn;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.PartitionCatalog;
import dev.firn.source.catalog.TableCatalog;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The captured tables in the stream. A table is identified by its OID: a renamed table is still
 * captured under its token, and another table that took its name is not mistaken for it. A problem
 * that makes the changes of one table impossible to capture stops only that table.
 */
public final class CapturedShapes implements Shapes {

  private final ShapeReader reader;
  private final TableCatalog catalog;
  private final PartitionCatalog partitions;
  private final TableTroubles troubles;
  private final Map<QualifiedName, CapturedTable> captured;
  private final Map<QualifiedName, SourceTable> named = new HashMap<>();
  private final Map<Long, SourceTable> known = new HashMap<>();

  /** Tables with a partition that does not log all of an old row. */
  private final Set<Long> withKeyRows = new HashSet<>();

  /**
   * @param captured the tables whose snapshot is complete or started
   */
  public CapturedShapes(
      List<SourceTable> tables,
      Map<QualifiedName, CapturedTable> captured,
      ShapeReader reader,
      Source source,
      TableTroubles troubles) {
    this.reader = reader;
    this.catalog = source.catalog();
    this.partitions = source.partitions();
    this.troubles = troubles;
    this.captured = Map.copyOf(captured);
    for (SourceTable table : tables) {
      named.put(table.name(), table);
      if (captured.containsKey(table.name())) {
        known.put(captured.get(table.name()).oid(), table);
      }
    }
  }

  @Override
  public void described(Relation relation, long lsn) {
    if (known.containsKey(relation.oid()) || relation.identity() == ReplicaIdentity.FULL) {
      return;
    }
    partitions.ancestors(relation.oid()).keySet().stream()
        .filter(known::containsKey)
        .forEach(table -> partition(relation, table, lsn));
  }

  // Events use the replica identity of the table, but the log has that of the partition.
  private void partition(Relation partition, long oid, long lsn) {
    withKeyRows.add(oid);
    Optional<CatalogTable> table = catalog.find(oid);
    List<String> logged =
        partition.columns().stream()
            .filter(RelationColumn::inIdentity)
            .map(RelationColumn::name)
            .toList();
    List<String> declared = reader.declaredKey(known.get(oid));
    List<String> key =
        declared.isEmpty() ? table.map(CatalogTable::key).orElse(List.of()) : declared;
    QualifiedName name = known.get(oid).name();
    // Without a replica identity PostgreSQL refuses every UPDATE and DELETE.
    if (!logged.isEmpty() && !logged.containsAll(key) && lsn >= captured.get(name).since()) {
      troubles.stop(
          name,
          "the replica identity of partition %s does not include its key %s"
              .formatted(name(partition), key),
          lsn);
    }
  }

  @Override
  public long since(Relation relation) {
    SourceTable table = known.getOrDefault(relation.oid(), named.get(name(relation)));
    CapturedTable found = table == null ? null : captured.get(table.name());
    return found == null ? 0 : found.since();
  }

  @Override
  public Optional<TableShape> shape(Relation relation, long lsn) {
    SourceTable table = known.get(relation.oid());
    if (table == null) {
      Optional.ofNullable(named.get(name(relation))).ifPresent(lost -> replaced(lost, lsn));
      return Optional.empty();
    }
    if (troubles.isStopped(table.name())) {
      return Optional.empty();
    }
    try {
      TableShape shape = reader.shape(table, relation, catalog.find(relation.oid()));
      boolean full = relation.identity() == ReplicaIdentity.FULL;
      return Optional.of(
          full && withKeyRows.contains(relation.oid()) ? shape.withKeyRows() : shape);
    } catch (TableStopException e) {
      troubles.stop(table.name(), e.getMessage(), lsn);
      return Optional.empty();
    }
  }

  // Another table of the same name: its rows must not continue those of the captured table.
  private void replaced(SourceTable table, long lsn) {
    troubles.stop(table.name(), "the table was replaced by another table of the same name", lsn);
  }

  private static QualifiedName name(Relation relation) {
    return new QualifiedName(relation.schema(), relation.table());
  }
}
