package dev.firn.engine.table;

import dev.firn.engine.lake.RowMetadata;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.ReplaceSortOrder;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The Iceberg properties a table is made with. A table that is there keeps what it has.
 *
 * <p>Files are pruned by the bounds of the key and of the position, wherever these columns stand:
 * by itself Iceberg keeps bounds of a table's first hundred columns only, and of a text no more
 * than 16 characters. Bloom filters stay off: they would cost every file what only keys without any
 * order pay back.
 */
public final class TableDefaults {

  /** How Spark spreads what it writes: see {@link #FIXED}. */
  static final String DISTRIBUTION = TableProperties.WRITE_DISTRIBUTION_MODE_HASH;

  private static final String FULL = "full";

  // Texts and bytes are cut: their bounds stand in every manifest that names the file.
  private static final String TRUNCATED = "truncate(64)";

  private static final Map<String, String> FIXED =
      Map.of(
          TableProperties.FORMAT_VERSION, "2",
          TableProperties.DELETE_MODE, "merge-on-read",
          TableProperties.UPDATE_MODE, "merge-on-read",
          TableProperties.MERGE_MODE, "merge-on-read",
          TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
          // What Spark does by itself in a table without a sort order: by buckets where there are
          // any. Of one with an order it would sample and shuffle all that is written.
          TableProperties.WRITE_DISTRIBUTION_MODE, DISTRIBUTION);

  private TableDefaults() {}

  /**
   * @param schema of the table that is to be made, with its key as identifier fields
   */
  public static Map<String, String> of(Schema schema) {
    Map<String, String> properties = new TreeMap<>(FIXED);
    for (NestedField field : schema.columns()) {
      if (schema.identifierFieldIds().contains(field.fieldId())
          || RowMetadata.POSITION.contains(field.name())) {
        properties.put(
            TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX + field.name(), bounds(field.type()));
      }
    }
    return properties;
  }

  /**
   * Rows are in the order of their key in each file, and in a change log in that of their position:
   * said in the table, so that whatever rewrites its files keeps it.
   */
  static SortOrder order(Schema schema) {
    SortOrder.Builder order = SortOrder.builderFor(schema);
    schema.columns().stream()
        .filter(field -> schema.identifierFieldIds().contains(field.fieldId()))
        .forEach(field -> order.asc(field.name()));
    return order.build();
  }

  /** Of a table that was made without one; an order that was ever set or unset is its owner's. */
  static void declareOrder(Table table) {
    SortOrder order = order(table.schema());
    if (order.isUnsorted() || table.sortOrder().isSorted() || table.sortOrders().size() > 1) {
      return;
    }
    Transaction transaction = table.newTransaction();
    ReplaceSortOrder declared = transaction.replaceSortOrder();
    order.fields().stream()
        .map(field -> table.schema().findColumnName(field.sourceId()))
        .forEach(declared::asc);
    declared.commit();
    if (!table.properties().containsKey(TableProperties.WRITE_DISTRIBUTION_MODE)) {
      transaction
          .updateProperties()
          .set(TableProperties.WRITE_DISTRIBUTION_MODE, DISTRIBUTION)
          .commit();
    }
    transaction.commitTransaction();
    table.refresh();
  }

  private static String bounds(Type type) {
    return switch (type.typeId()) {
      case STRING, BINARY -> TRUNCATED;
      default -> FULL;
    };
  }
}
