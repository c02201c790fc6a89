package dev.firn.etl.merge;

import dev.firn.etl.lake.RowMetadata;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
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
final class TableDefaults {

  private static final String FULL = "full";

  // Texts and bytes are cut: their bounds stand in every manifest that names the file.
  private static final String TRUNCATED = "truncate(64)";

  private static final Map<String, String> FIXED =
      Map.of(
          TableProperties.FORMAT_VERSION, "2",
          TableProperties.DELETE_MODE, "merge-on-read",
          TableProperties.UPDATE_MODE, "merge-on-read",
          TableProperties.MERGE_MODE, "merge-on-read",
          TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true");

  private TableDefaults() {}

  /**
   * @param schema of the table that is to be made, with its key as identifier fields
   */
  static Map<String, String> of(Schema schema) {
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

  private static String bounds(Type type) {
    return switch (type.typeId()) {
      case STRING, BINARY -> TRUNCATED;
      default -> FULL;
    };
  }
}
