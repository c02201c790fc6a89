package dev.firn.engine.table;

import dev.firn.console.OperatorException;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.schema.MirrorSchema;
import dev.firn.engine.schema.SourceSchema;
import dev.firn.engine.typing.EventReader;
import dev.firn.engine.typing.RowBinding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.AlreadyExistsException;

/**
 * The mirror into which a batch is merged: the first merge creates it, and its schema follows the
 * schema documents, which also define how its events are read.
 */
public final class TargetTable {

  /** The table's name in the source, for people. */
  public static final String SOURCE_PROPERTY = "firn.source";

  private final MirrorTable mirror;
  private final List<SourceSchema> schemas;
  private final List<String> schemaChanges;

  private TargetTable(MirrorTable mirror, List<SourceSchema> schemas, List<String> schemaChanges) {
    this.mirror = mirror;
    this.schemas = schemas;
    this.schemaChanges = schemaChanges;
  }

  /**
   * @param schemas of the table, at least one, the newest last
   * @param properties of the table if it is created now
   */
  public static TargetTable open(
      LakeCatalog lake,
      TableToken token,
      List<SourceSchema> schemas,
      Map<String, String> properties) {
    Table table =
        lake.exists(lake.mirror(token))
            ? FutureCommits.settled(lake.load(lake.mirror(token)))
            : create(lake, token, newest(token, schemas), properties);
    if (table.currentSnapshot() == null) {
      // A branch needs a snapshot to start from.
      table.newFastAppend().commit();
    }
    TableDefaults.declareOrder(table);
    List<String> changes = new ArrayList<>(SchemaEvolution.apply(table, schemas));
    changes.addAll(SchemaNotes.of(table, schemas));
    return new TargetTable(new MirrorTable(token, table), schemas, changes);
  }

  // An older document may have columns that the lake refuses, or a key that was replaced since.
  private static SchemaDocument newest(TableToken token, List<SourceSchema> schemas) {
    return schemas.stream()
        .filter(schema -> !schema.isRefused())
        .reduce((older, newer) -> newer)
        .map(SourceSchema::document)
        .orElseThrow(
            () ->
                new OperatorException(
                    "Cannot create table %s: the lake cannot store its columns".formatted(token),
                    schemas.get(schemas.size() - 1).refusal()));
  }

  private static Table create(
      LakeCatalog lake, TableToken token, SchemaDocument document, Map<String, String> properties) {
    Schema schema = MirrorSchema.of(document);
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

  public MirrorTable mirror() {
    return mirror;
  }

  /** Messages about the changes that were made to the table for its schemas. */
  public List<String> schemaChanges() {
    return schemaChanges;
  }

  /** The reasons why no row of some schema documents can be merged, one for each such document. */
  public Set<String> conflicts() {
    return schemas.stream()
        .map(source -> RowBinding.of(source, mirror.table().schema()).conflict())
        .filter(conflict -> !conflict.isEmpty())
        .collect(Collectors.toSet());
  }

  public EventReader reader() {
    return new EventReader(mirror.token(), mirror.table().schema(), schemas, mirror.isChangeLog());
  }
}
