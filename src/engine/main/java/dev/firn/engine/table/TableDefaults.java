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
 * The Iceberg properties of a new table. An existing table keeps its properties.
 *
 * <p>Files are pruned by the bounds of the key and of the position, wherever these columns are: by
 * default Iceberg keeps bounds only for the first hundred columns of a table, and only 16
 * characters of a text. Bloom filters stay off: every file would pay for them, but they help only
 * for keys in random order.
 */
public final class TableDefaults {

  /** How Spark distributes the rows that it writes: see {@link #FIXED}. */
  static final String DISTRIBUTION = TableProperties.WRITE_DISTRIBUTION_MODE_HASH;

  private static final String FULL = "full";

  // Bounds of texts and bytes are truncated, because every manifest that names the file contains
  // them.
  private static final String TRUNCATED = "truncate(64)";

  private static final Map<String, String> FIXED =
      Map.of(
          TableProperties.FORMAT_VERSION, "2",
          TableProperties.DELETE_MODE, "merge-on-read",
          TableProperties.UPDATE_MODE, "merge-on-read",
          TableProperties.MERGE_MODE, "merge-on-read",
          TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
          // Spark's default for a table without a sort order: distribute by buckets if there are
          // any. For a table with a sort order Spark would sample and shuffle all written rows.
          TableProperties.WRITE_DISTRIBUTION_MODE, DISTRIBUTION);

  private TableDefaults() {}

  /**
   * @param schema of the new table, with its key as identifier fields
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
   * In each file the rows are sorted by key, in a change log by position. The table declares this
   * order, so that tools that rewrite its files keep it.
   */
  static SortOrder order(Schema schema) {
    SortOrder.Builder order = SortOrder.builderFor(schema);
    schema.columns().stream()
        .filter(field -> schema.identifierFieldIds().contains(field.fieldId()))
        .forEach(field -> order.asc(field.name()));
    return order.build();
  }

  /**
   * Sets the order of a table that was created without one; if an order was ever set or unset, the
   * owner decides.
   */
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
