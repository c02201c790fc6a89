package dev.firn.etl.merge;

import java.util.List;

/** The kinds of primary key the random tables have. */
@SuppressWarnings("ImmutableEnumChecker")
enum KeyShape {
  BIGINT(CellKind.INT8),
  DATE_TEXT_INT(CellKind.DATE, CellKind.TEXT, CellKind.INT4),
  TEXT(CellKind.TEXT),
  INT(CellKind.INT4),
  BYTEA(CellKind.BYTEA),
  NUMERIC_LONG(CellKind.NUMERIC_30_5),
  TIMESTAMPTZ(CellKind.TIMESTAMPTZ),
  BOOL_SMALLINT(CellKind.BOOL, CellKind.INT2),
  UUID(CellKind.UUID_TEXT),
  NUMERIC(CellKind.NUMERIC),
  TEXT_BIGINT(CellKind.TEXT, CellKind.INT8),
  DATE(CellKind.DATE),
  NUMERIC_SHORT(CellKind.NUMERIC_12_2);

  private final List<CellKind> columns;

  KeyShape(CellKind... columns) {
    this.columns = List.of(columns);
  }

  /** In the order of the key. */
  List<CellKind> columns() {
    return columns;
  }
}
