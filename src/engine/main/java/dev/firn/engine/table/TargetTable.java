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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private final String sqlName;

  private TargetTable(
      MirrorTable mirror, List<SourceSchema> schemas, List<String> schemaChanges, String sqlName) {
    this.mirror = mirror;
    this.schemas = schemas;
    this.schemaChanges = schemaChanges;
    this.sqlName = sqlName;
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
    String sqlName = LakeCatalog.sqlName(lake.mirror(token));
    List<String> changes = new ArrayList<>(SchemaEvolution.apply(table, schemas));
    changes.addAll(SchemaNotes.of(table, schemas, sqlName));
    return new TargetTable(new MirrorTable(token, table), schemas, changes, sqlName);
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

  /**
   * The reasons why no row of some schema documents can be merged, one for each such document, each
   * with its remedy or an empty text. Where the newest document is not one of them, a new copy of
   * the table helps: its rows have that document.
   */
  public Map<String, String> conflicts() {
    SourceSchema newest = schemas.get(schemas.size() - 1);
    String ofNewest = conflict(newest);
    String again =
        "'firn capture --resnapshot %s' copies the rows as they are now".formatted(mirror.token());
    Map<String, String> conflicts = new LinkedHashMap<>();
    for (SourceSchema source : schemas) {
      conflicts.put(conflict(source), ofNewest.isEmpty() ? again : "");
    }
    conflicts.put(ofNewest, newest.isRefused() ? "" : remedy(newest));
    conflicts.remove("");
    return conflicts;
  }

  private String remedy(SourceSchema newest) {
    return TypeConflicts.of(newest, mirror.table().schema())
        .remedy(sqlName)
        .orElse("See \"A column's type changed\" in docs/runbook.md");
  }

  private String conflict(SourceSchema source) {
    return RowBinding.of(source, mirror.table().schema()).conflict();
  }

  public EventReader reader() {
    return new EventReader(mirror.token(), mirror.table().schema(), schemas, mirror.isChangeLog());
  }
}
