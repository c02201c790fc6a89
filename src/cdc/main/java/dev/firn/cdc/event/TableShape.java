package dev.firn.cdc.event;

import dev.firn.cdc.pgoutput.OldRow;
import dev.firn.cdc.pgoutput.Tuple;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableVersion;
import dev.firn.pipeline.QualifiedName;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the rows of a table read while its columns stay as they are: which values are the key, which
 * columns leave the producer, and how their texts become values.
 */
public final class TableShape {

  private final QualifiedName name;
  private final SchemaDocument document;
  private final TableVersion version;
  private final List<ShapeColumn> columns;
  private final List<ShapeColumn> key;

  /**
   * @param columns those of the document, in the same order
   */
  public TableShape(QualifiedName name, SchemaDocument document, List<ShapeColumn> columns) {
    this.name = name;
    this.document = document;
    this.version = document.version();
    this.columns = List.copyOf(columns);
    this.key =
        columns.stream()
            .filter(column -> column.column().isKey())
            .sorted(Comparator.comparingInt(column -> column.column().keyOrdinal()))
            .toList();
  }

  public QualifiedName name() {
    return name;
  }

  public SchemaDocument document() {
    return document;
  }

  public TableVersion version() {
    return version;
  }

  public List<ShapeColumn> columns() {
    return columns;
  }

  /** In the order of the key; empty for a table without one. */
  public List<ShapeColumn> key() {
    return key;
  }

  /** The image of a row that is there with all its values. */
  public RowImage written(Tuple row) {
    return RowImage.written(key(row), values(row));
  }

  Map<String, Object> key(Tuple row) {
    return values(key, row);
  }

  /** All values but the unchanged ones. */
  Map<String, Object> values(Tuple row) {
    return values(columns, row);
  }

  /** The old values, where all of them were sent. */
  Map<String, Object> before(Optional<OldRow> old) {
    return old.filter(OldRow::isFull).map(full -> values(full.row())).orElse(Map.of());
  }

  /** The columns whose values the row does not have. */
  public List<ShapeColumn> unchanged(Tuple row) {
    return columns.stream().filter(column -> row.isUnchanged(column.index())).toList();
  }

  /** The new row, with what was not sent of it taken from the old one where that has it. */
  Tuple completed(Tuple row, Optional<OldRow> old) {
    Tuple completed = row;
    if (old.isPresent()) {
      for (ShapeColumn column : unchanged(row)) {
        if (column.inIdentity()) {
          completed = completed.with(column.index(), old.get().row());
        }
      }
    }
    return completed;
  }

  private Map<String, Object> values(List<ShapeColumn> selected, Tuple row) {
    Map<String, Object> values = new LinkedHashMap<>(selected.size() * 2);
    for (ShapeColumn column : selected) {
      if (!row.isUnchanged(column.index())) {
        values.put(column.name(), value(column, row));
      }
    }
    return values;
  }

  private Object value(ShapeColumn column, Tuple row) {
    if (row.isNull(column.index())) {
      return null;
    }
    String text = row.text(column.index());
    try {
      return column.type().read(text);
    } catch (IllegalArgumentException e) {
      // Neither the value nor the cause, which quotes it: rows do not belong into logs.
      throw new IllegalStateException(
          "Cannot read value of %s, column %s: its text is not of type %s: %d characters"
              .formatted(name, column.name(), column.type().name(), text.length()));
    }
  }
}
