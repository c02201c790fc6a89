package dev.firn.cdc.event;

import dev.firn.cdc.value.ValueWriter;
import dev.firn.contract.Column;
import dev.firn.contract.JsonBytes;

/** A column of the rows of a table. */
public final class ShapeColumn {

  private final int index;
  private final Column column;
  private final ValueWriter writer;
  private final boolean inIdentity;
  private final byte[] field;

  /**
   * @param index in the row that PostgreSQL sends, which also has the excluded columns
   * @param column as it leaves the producer
   * @param writer of its values
   * @param inIdentity whether an old row has its value; with REPLICA IDENTITY FULL every column has
   */
  public ShapeColumn(int index, Column column, ValueWriter writer, boolean inIdentity) {
    this.index = index;
    this.column = column;
    this.writer = writer;
    this.inIdentity = inIdentity;
    this.field = JsonBytes.fieldName(column.name());
  }

  /** A different column in place of this one. */
  public ShapeColumn as(Column other, ValueWriter otherWriter) {
    return new ShapeColumn(index, other, otherWriter, inIdentity);
  }

  public int index() {
    return index;
  }

  public Column column() {
    return column;
  }

  boolean inIdentity() {
    return inIdentity;
  }

  String name() {
    return column.name();
  }

  ValueWriter writer() {
    return writer;
  }

  byte[] field() {
    return field;
  }
}
