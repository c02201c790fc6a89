package dev.firn.cdc.event;

import dev.firn.cdc.value.PgType;
import dev.firn.contract.Column;

/**
 * A column as rows carry it.
 *
 * @param index in the row PostgreSQL sends, which also holds the columns that are left out here
 * @param inIdentity an old row has its value; so has every column with REPLICA IDENTITY FULL
 */
public record ShapeColumn(int index, Column column, PgType type, boolean inIdentity) {

  String name() {
    return column.name();
  }
}
