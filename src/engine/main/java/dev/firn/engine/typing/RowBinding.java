package dev.firn.engine.typing;

import dev.firn.contract.Column;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.schema.LakeColumns;
import dev.firn.engine.schema.LakeTypes;
import dev.firn.engine.schema.SourceSchema;
import dev.firn.engine.schema.TypeWidening;
import java.io.Serializable;
import java.time.temporal.Temporal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;

/**
 * Maps the values of events of one schema document to the columns of the lake's table. Columns that
 * the document does not have are null: it is from before they were added, or from after they were
 * dropped. A value is read by the type of its column in the document.
 */
public final class RowBinding implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final String NONE = "";

  /** The document's names for the lake's columns; {@link #NONE} for those that it does not have. */
  private final String[] names;

  private final ValueConverter[] converters;
  private final int[] keyOrdinals;
  private final Set<String> excluded;
  private final String conflict;

  private RowBinding(
      String[] names,
      ValueConverter[] converters,
      int[] keyOrdinals,
      Set<String> excluded,
      String conflict) {
    this.names = names;
    this.converters = converters;
    this.keyOrdinals = keyOrdinals;
    this.excluded = excluded;
    this.conflict = conflict;
  }

  /** The source's columns of a lake table, in its order: all except Firn's columns. */
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

  public static RowBinding of(SourceSchema source, Schema schema) {
    List<NestedField> columns = sourceColumns(schema);
    String[] names = new String[columns.size()];
    ValueConverter[] converters = new ValueConverter[columns.size()];
    Arrays.fill(names, NONE);
    for (Column column : source.columns()) {
      LakeColumns.find(schema, column.name())
          .ifPresent(
              field -> {
                int ordinal = columns.indexOf(field);
                names[ordinal] = column.name();
                converters[ordinal] = ValueConverter.into(LakeTypes.of(column), field.type());
              });
    }
    return new RowBinding(
        names, converters, keyOrdinals(schema), source.excluded(), conflict(source, schema));
  }

  /** Why no row of this document can be typed; empty if its rows can be typed. */
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
        // A clamped value could be the key of another row: 9999-12-31 is a valid date.
        throw new UnfitValueException("a key column has an infinite time: " + names[ordinal]);
      }
    }
    return values;
  }

  /** A row with only the key's values. */
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
    return columns.stream()
        .filter(column -> !excluded.contains(column))
        .mapToInt(this::ordinal)
        .toArray();
  }

  private int ordinal(String column) {
    int ordinal = Arrays.asList(names).indexOf(column);
    if (ordinal < 0) {
      throw new UnfitValueException(
          "the event lists an unchanged column that the table does not have: " + column);
    }
    return ordinal;
  }

  private Object value(int ordinal, Map<String, Object> after, List<String> unchanged) {
    String name = names[ordinal];
    if (name.equals(NONE)) {
      return null;
    }
    Object value = after.get(name);
    if (value != null) {
      try {
        return converters[ordinal].convert(value);
      } catch (UnfitValueException e) {
        throw new UnfitValueException("column " + name + ": " + e.getMessage());
      }
    }
    if (!after.containsKey(name) && !unchanged.contains(name)) {
      throw new UnfitValueException("a column of the schema document has no value: " + name);
    }
    return null;
  }

  private static String conflict(SourceSchema source, Schema schema) {
    if (source.isRefused()) {
      return "the lake cannot store the table's columns: " + source.refusal();
    }
    List<String> conflicts = new ArrayList<>();
    Set<String> key = new TreeSet<>();
    for (Column column : source.columns()) {
      Optional<NestedField> field = LakeColumns.find(schema, column.name());
      if (field.isEmpty()) {
        conflicts.add("column %s is not in the lake".formatted(column.name()));
      } else {
        type(column, field.get()).ifPresent(conflicts::add);
        if (column.isKey()) {
          key.add(field.get().name());
        }
      }
    }
    Set<String> wanted = key.isEmpty() ? Set.copyOf(RowMetadata.POSITION) : key;
    if (!wanted.equals(schema.identifierFieldNames())) {
      conflicts.add(
          "the key is %s in the lake, and %s at the source"
              .formatted(schema.identifierFieldNames(), wanted));
    }
    return conflicts.isEmpty() ? "" : "the type changed: " + String.join("; ", conflicts);
  }

  private static Optional<String> type(Column column, NestedField field) {
    Type type = LakeTypes.of(column);
    return TypeWidening.holds(field.type(), type)
        ? Optional.empty()
        : Optional.of(
            "column %s is %s in the lake, and %s at the source (%s)"
                .formatted(column.name(), field.type(), column.declaration(), type));
  }
}
