package dev.firn.engine.row;

import dev.firn.contract.Position;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.StructField;

/**
 * Combines two changes of the same key if the later one lacks values: each column gets its newest
 * known value; the values of a deleted row are null.
 */
final class ChangeMerge {

  private final int[] source;
  private final boolean[] fixed;
  private final UnsafeRowWriter writer;
  private final UnsafeRow laterRow;
  private final UnsafeRow earlierRow;
  private final KeyBytes key = new KeyBytes();
  private byte[] bytes = new byte[1024];

  ChangeMerge(RowShape shape) {
    StructField[] fields = shape.type().fields();
    this.source = shape.source();
    this.fixed = new boolean[fields.length];
    for (int i = 0; i < fields.length; i++) {
      fixed[i] = UnsafeRow.isFixedLength(fields[i].dataType());
    }
    this.writer = new UnsafeRowWriter(fields.length);
    this.laterRow = new UnsafeRow(fields.length);
    this.earlierRow = new UnsafeRow(fields.length);
  }

  /**
   * @param later the change with the greater or equal position
   * @return a buffer that starts with the change, valid until the next call
   */
  byte[] merge(FoldedChange later, FoldedChange earlier) {
    later.row(laterRow);
    earlier.row(earlierRow);
    Position[] known = new Position[source.length];
    UnsafeRow[] from = new UnsafeRow[fixed.length];
    Arrays.fill(from, laterRow);
    for (int i = 0; i < source.length; i++) {
      known[i] = later.knownAt(i);
      if (earlier.knownAt(i).isAfter(known[i])) {
        known[i] = earlier.knownAt(i);
        from[source[i]] = earlierRow;
      }
    }
    copy(from);
    key.clear();
    key.append(later.buffer(), later.keyStart(), later.keyLength());
    bytes = FoldedChange.write(bytes, key, writer.getRow(), later.position(), known, 0);
    long newest =
        later.compareTo(earlier.position()) == 0
            ? later.newest() + earlier.newest()
            : later.newest();
    FoldedChange.count(bytes, 0, later.events() + earlier.events(), newest);
    return bytes;
  }

  // The bytes of a column are copied, whatever its type: both rows have the same shape.
  private void copy(UnsafeRow[] from) {
    writer.reset();
    writer.zeroOutNullBytes();
    for (int i = 0; i < from.length; i++) {
      if (from[i].isNullAt(i)) {
        writer.setNullAt(i);
      } else if (fixed[i]) {
        writer.write(i, from[i].getLong(i));
      } else {
        writer.write(i, from[i].getBinary(i));
      }
    }
  }
}
