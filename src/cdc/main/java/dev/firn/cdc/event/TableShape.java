package dev.firn.cdc.event;

import dev.firn.cdc.pgoutput.OldTuple;
import dev.firn.cdc.pgoutput.OldTuple.Extent;
import dev.firn.cdc.pgoutput.Tuple;
import dev.firn.contract.JsonBytes;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableVersion;
import dev.firn.pipeline.QualifiedName;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * How to read the rows of a table as long as its columns do not change: which values are the key,
 * which columns are captured, and how their texts become values.
 */
public final class TableShape {

  private final QualifiedName name;
  private final SchemaDocument document;
  private final TableVersion version;
  private final List<ShapeColumn> columns;
  private final List<ShapeColumn> key;
  private final Extent oldRows;
  private final Set<String> renamed;

  /**
   * @param name of the table when its rows were logged
   * @param columns those of the document, in the same order
   */
  public TableShape(QualifiedName name, SchemaDocument document, List<ShapeColumn> columns) {
    this(name, document, columns, Extent.FULL, Set.of());
  }

  private TableShape(
      QualifiedName name,
      SchemaDocument document,
      List<ShapeColumn> columns,
      Extent oldRows,
      Set<String> renamed) {
    this.oldRows = oldRows;
    this.renamed = Set.copyOf(renamed);
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

  /**
   * @param columns names of the columns that were renamed since the table was copied
   */
  public TableShape withRenamed(Set<String> columns) {
    return columns.isEmpty()
        ? this
        : new TableShape(name, document, this.columns, oldRows, columns);
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

  /** The same shape, which uses only the key of an old row. */
  public TableShape withKeyRows() {
    return new TableShape(name, document, columns, Extent.KEY, renamed);
  }

  /** The reliable part of an old row: PostgreSQL may send one as full that has only its key. */
  OldTuple believed(OldTuple old) {
    return oldRows == Extent.KEY ? new OldTuple(Extent.KEY, old.row()) : old;
  }

  /** Whether the two rows have the same key. */
  boolean hasSameKey(Tuple row, Tuple other) {
    for (ShapeColumn column : key) {
      if (!row.isSame(column.index(), other)) {
        return false;
      }
    }
    return true;
  }

  void writeKey(Tuple row, JsonBytes out) {
    write(key, row, out);
  }

  /** Writes all values except the unchanged ones. */
  void writeValues(Tuple row, JsonBytes out) {
    write(columns, row, out);
  }

  /** The columns whose values the row does not have. */
  public List<ShapeColumn> unchanged(Tuple row) {
    return row.hasUnchanged()
        ? columns.stream().filter(column -> row.isUnchanged(column.index())).toList()
        : List.of();
  }

  /**
   * Whether a value was not sent that the lake may have only under the column's earlier name, while
   * the row has a key to read it by.
   */
  boolean isIncomplete(Tuple row) {
    return !key.isEmpty()
        && !renamed.isEmpty()
        && unchanged(row).stream().anyMatch(column -> renamed.contains(column.name()));
  }

  /** The new row, with values that were not sent taken from the old row if it has them. */
  Tuple completed(Tuple row, OldTuple old) {
    Tuple completed = row;
    for (ShapeColumn column : unchanged(row)) {
      if (column.inIdentity() && (old.isFull() || column.column().isKey())) {
        completed = completed.with(column.index(), old.row());
      }
    }
    return completed;
  }

  private void write(List<ShapeColumn> selected, Tuple row, JsonBytes out) {
    for (int i = 0; i < selected.size(); i++) {
      ShapeColumn column = selected.get(i);
      if (!row.isUnchanged(column.index())) {
        out.field(column.field());
        write(column, row, out);
      }
    }
  }

  private void write(ShapeColumn column, Tuple row, JsonBytes out) {
    int index = column.index();
    if (row.isNull(index)) {
      out.nullValue();
      return;
    }
    try {
      column.writer().write(out, row.bytes(), row.from(index), row.to(index));
    } catch (IllegalArgumentException e) {
      // Neither the value nor the cause, which quotes it: row data does not belong in logs.
      throw new IllegalStateException(
          "Cannot read value of %s, column %s: its text is not of type %s: %s bytes"
              .formatted(
                  name, column.name(), column.column().type(), row.to(index) - row.from(index)));
    }
  }
}
