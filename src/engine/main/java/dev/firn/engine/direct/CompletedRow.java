package dev.firn.engine.direct;

import dev.firn.contract.Position;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.row.FoldedChange;
import dev.firn.engine.row.RowShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Combines a change with the row in the table, if one of them has values that the other lacks or
 * has only older: each column gets the newest known value of the two, and the row gets the greater
 * of their positions.
 */
final class CompletedRow {

  private final RowShape shape;
  private final FoldedChange change;
  private final UnsafeRow own;
  private final Optional<OldRow> old;
  private final Map<String, Position> olderInTable;
  private final Position oldPosition;

  CompletedRow(RowShape shape, FoldedChange change, Optional<OldRow> old) {
    this.shape = shape;
    this.change = change;
    this.own = change.row();
    this.old = old;
    this.olderInTable = old.map(OldRow::older).orElse(Map.of());
    this.oldPosition = old.map(OldRow::position).orElse(Position.NONE);
  }

  /** The change has a newer value than the table for at least one column. */
  boolean completes() {
    int[] source = shape.source();
    for (int i = 0; i < source.length; i++) {
      if (change.knownAt(i).isAfter(inTable(name(source[i])))) {
        return true;
      }
    }
    return false;
  }

  /** All columns of the shape, followed by {@link RowMetadata#UNCHANGED}. */
  InternalRow build() {
    StructField[] fields = shape.type().fields();
    GenericInternalRow row = new GenericInternalRow(fields.length + 1);
    boolean oldIsNewer = oldPosition.isAfter(change.position());
    for (int place = 0; place < fields.length; place++) {
      boolean fromOld = oldIsNewer && old.orElseThrow().place(name(place)) >= 0;
      row.update(place, value(place, fromOld));
    }
    Position rowPosition = oldIsNewer ? oldPosition : change.position();
    Map<String, Position> older = new TreeMap<>();
    int[] source = shape.source();
    for (int i = 0; i < source.length; i++) {
      String name = name(source[i]);
      Position own = change.knownAt(i);
      boolean fromOld = inTable(name).isAfter(own);
      row.update(source[i], value(source[i], fromOld));
      Position known = fromOld ? inTable(name) : own;
      if (rowPosition.isAfter(known)) {
        older.put(name, known);
      }
    }
    row.update(fields.length, older.isEmpty() ? null : map(older));
    return row;
  }

  private Object value(int place, boolean fromOld) {
    StructField field = shape.type().fields()[place];
    if (!fromOld) {
      return own.isNullAt(place) ? null : own.get(place, field.dataType());
    }
    OldRow row = old.orElseThrow();
    int from = row.place(field.name());
    return row.row().isNullAt(from) ? null : row.row().get(from, field.dataType());
  }

  private Position inTable(String column) {
    return olderInTable.getOrDefault(column, oldPosition);
  }

  private String name(int place) {
    return shape.schema().columns().get(place).name();
  }

  private static ArrayBasedMapData map(Map<String, Position> older) {
    List<Object> names = new ArrayList<>();
    List<Object> positions = new ArrayList<>();
    older.forEach(
        (name, at) -> {
          names.add(UTF8String.fromString(name));
          positions.add(new GenericInternalRow(new Object[] {at.epoch(), at.lsn(), at.seq()}));
        });
    return new ArrayBasedMapData(
        new GenericArrayData(names.toArray()), new GenericArrayData(positions.toArray()));
  }
}
