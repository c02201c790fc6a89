package dev.firn.etl.ingest;

import dev.firn.contract.Column;
import dev.firn.contract.SchemaDocument;
import dev.firn.etl.lake.RowMetadata;
import dev.firn.etl.schema.LakeTypes;
import dev.firn.etl.schema.SchemaEvolution;
import java.io.Serializable;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * How the values of events of one schema document become the columns of the lake's table. Columns
 * the document does not have are null: it is from before they were added, or from after they were
 * dropped.
 */
public final class RowBinding implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String[] names;
  private final ValueConverter[] converters;
  private final int[] keyOrdinals;
  private final Set<String> documentColumns;
  private final String conflict;

  private RowBinding(
      String[] names,
      ValueConverter[] converters,
      int[] keyOrdinals,
      Set<String> documentColumns,
      String conflict) {
    this.names = names;
    this.converters = converters;
    this.keyOrdinals = keyOrdinals;
    this.documentColumns = documentColumns;
    this.conflict = conflict;
  }

  /** The source's columns of a lake table, in its order: all but Firn's own. */
  public static List<NestedField> sourceColumns(Schema schema) {
    return schema.columns().stream()
        .filter(field -> !RowMetadata.ALL.contains(field.name()))
        .toList();
  }

  /** The places of the key's columns among the {@link #sourceColumns}. */
  public static int[] keyOrdinals(Schema schema) {
    List<NestedField> columns = sourceColumns(schema);
    return IntStream.range(0, columns.size())
        .filter(i -> schema.identifierFieldIds().contains(columns.get(i).fieldId()))
        .toArray();
  }

  public static RowBinding of(SchemaDocument document, Schema schema) {
    List<NestedField> columns = sourceColumns(schema);
    String[] names = columns.stream().map(NestedField::name).toArray(String[]::new);
    ValueConverter[] converters =
        columns.stream().map(f -> ValueConverter.into(f.type())).toArray(ValueConverter[]::new);
    Set<String> documentColumns =
        Set.copyOf(document.columns().stream().map(Column::name).toList());
    return new RowBinding(
        names, converters, keyOrdinals(schema), documentColumns, conflict(document, schema));
  }

  /** Why no row of this document can be typed; empty when they can. */
  public String conflict() {
    return conflict;
  }

  /** The key's values, in the order of the lake's columns. */
  Object[] key(Map<String, Object> key) {
    Object[] values = new Object[keyOrdinals.length];
    for (int i = 0; i < values.length; i++) {
      int ordinal = keyOrdinals[i];
      Object value = key.get(names[ordinal]);
      if (value == null) {
        throw new UnfitValueException("a key column has no value: " + names[ordinal]);
      }
      values[i] = converters[ordinal].convert(value);
      if (values[i] instanceof Temporal && value.toString().endsWith("infinity")) {
        // Clamped it would be the key of another row: 9999-12-31 is a date too.
        throw new UnfitValueException("an infinite time is in the key: " + names[ordinal]);
      }
    }
    return values;
  }

  /** A row that has the key's values alone. */
  Object[] keyRow(Map<String, Object> key) {
    Object[] values = emptyRow();
    Object[] converted = key(key);
    for (int i = 0; i < converted.length; i++) {
      values[keyOrdinals[i]] = converted[i];
    }
    return values;
  }

  Object[] emptyRow() {
    return new Object[names.length];
  }

  /** The row's values, null for those of {@code unchanged}, in the order of the lake's columns. */
  Object[] row(Map<String, Object> after, List<String> unchanged) {
    Object[] values = new Object[names.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(i, after, unchanged);
    }
    return values;
  }

  /** The places of these columns among the lake's. */
  int[] ordinals(List<String> columns) {
    return columns.stream().mapToInt(this::ordinal).toArray();
  }

  private int ordinal(String column) {
    int ordinal = Arrays.asList(names).indexOf(column);
    if (ordinal < 0) {
      throw new UnfitValueException("an unchanged column is not in the table: " + column);
    }
    return ordinal;
  }

  private Object value(int ordinal, Map<String, Object> after, List<String> unchanged) {
    String name = names[ordinal];
    Object value = after.get(name);
    if (value != null) {
      try {
        return converters[ordinal].convert(value);
      } catch (UnfitValueException e) {
        throw new UnfitValueException("column " + name + ": " + e.getMessage());
      }
    }
    if (documentColumns.contains(name) && !after.containsKey(name) && !unchanged.contains(name)) {
      throw new UnfitValueException("a column of the schema document has no value: " + name);
    }
    return null;
  }

  private static String conflict(SchemaDocument document, Schema schema) {
    List<String> conflicts = new ArrayList<>();
    for (Column column : document.columns()) {
      NestedField field = schema.findField(column.name());
      Type type = LakeTypes.of(column);
      if (!SchemaEvolution.holds(field.type(), type)) {
        conflicts.add(
            "column %s is %s in the lake, and %s at the source (%s)"
                .formatted(column.name(), field.type(), column.declaration(), type));
      }
    }
    List<String> keyColumns = document.keyColumns().stream().map(Column::name).toList();
    Set<String> key = Set.copyOf(keyColumns.isEmpty() ? RowMetadata.POSITION : keyColumns);
    if (!key.equals(schema.identifierFieldNames())) {
      conflicts.add(
          "the key is %s in the lake, and %s at the source"
              .formatted(schema.identifierFieldNames(), key));
    }
    return conflicts.isEmpty() ? "" : "the type changed: " + String.join("; ", conflicts);
  }
}
