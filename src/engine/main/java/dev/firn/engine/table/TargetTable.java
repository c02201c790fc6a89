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
 * A mirror that is merged into: it is made at the first merge and follows its schema documents,
 * which tell how its events are read.
 */
public final class TargetTable {

  /** The name the source has for it; for people. */
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
   * @param properties given to the table if it is made now
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
      // A branch can only begin at a snapshot.
      table.newFastAppend().commit();
    }
    TableDefaults.declareOrder(table);
    List<String> changes = new ArrayList<>(SchemaEvolution.apply(table, schemas));
    changes.addAll(SchemaNotes.of(table, schemas));
    return new TargetTable(new MirrorTable(token, table), schemas, changes);
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

  /** What was changed of the table to hold its schemas, for people. */
  public List<String> schemaChanges() {
    return schemaChanges;
  }

  /** Why no row of a schema document can be merged, of each for which that is so. */
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
