package dev.firn.cdc.event;

import dev.firn.cdc.value.ValueWriter;
import dev.firn.contract.Column;
import dev.firn.contract.JsonBytes;

/** A column as rows carry it. */
public final class ShapeColumn {

  private final int index;
  private final Column column;
  private final ValueWriter writer;
  private final boolean inIdentity;
  private final byte[] field;

  /**
   * @param index in the row PostgreSQL sends, which also holds the columns that are left out here
   * @param column as it leaves the producer
   * @param writer of its values
   * @param inIdentity an old row has its value; so has every column with REPLICA IDENTITY FULL
   */
  public ShapeColumn(int index, Column column, ValueWriter writer, boolean inIdentity) {
    this.index = index;
    this.column = column;
    this.writer = writer;
    this.inIdentity = inIdentity;
    this.field = JsonBytes.fieldName(column.name());
  }

  /** Another column in the place of this one. */
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
