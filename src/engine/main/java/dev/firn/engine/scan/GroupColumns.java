package dev.firn.engine.scan;

import dev.firn.engine.row.KeyKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.ColumnDescriptor;

/**
 * The columns of one row group. Parquet returns the pages of a column only once: if the key is the
 * position, as in a change log, both share the column.
 */
final class GroupColumns {

  private final RowGroup group;
  private final Map<ColumnDescriptor, KeyPart> opened = new HashMap<>();

  GroupColumns(RowGroup group) {
    this.group = group;
  }

  /** The index of the group's first row in its file. */
  long firstRow() {
    return group.firstRow();
  }

  KeyPart part(ColumnDescriptor column, KeyKind kind) throws IOException {
    KeyPart part = opened.get(column);
    if (part == null) {
      part = isNumber(column, kind) ? number(column, kind) : bytes(column, kind);
      opened.put(column, part);
    }
    return part;
  }

  private static boolean isNumber(ColumnDescriptor column, KeyKind kind) {
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case INT32, INT64, FLOAT, DOUBLE, BOOLEAN -> true;
      case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> kind == KeyKind.LONG;
    };
  }

  private NumberColumn number(ColumnDescriptor column, KeyKind kind) throws IOException {
    return new NumberColumn(group.pages(), column, kind);
  }

  private BytesColumn bytes(ColumnDescriptor column, KeyKind kind) throws IOException {
    return new BytesColumn(group.pages(), column, kind);
  }

  /** Epoch, lsn and seq. */
  List<NumberColumn> positions(List<ColumnDescriptor> columns) throws IOException {
    List<NumberColumn> numbers = new ArrayList<>();
    for (ColumnDescriptor column : columns) {
      numbers.add((NumberColumn) part(column, KeyKind.LONG));
    }
    return numbers;
  }
}
