package dev.firn.engine.scan;

import dev.firn.contract.Position;
import dev.firn.engine.row.KeyBytes;
import dev.firn.engine.row.KeyKind;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types.NestedField;

/** Reads the bounds of a data file's columns from Iceberg's metadata; a missing bound is open. */
final class FileBounds {

  private final ScanColumns columns;

  FileBounds(ScanColumns columns) {
    this.columns = columns;
  }

  ScanFile scanFile(FileScanTask task) {
    DataFile file = task.file();
    return new ScanFile(
        file.copyWithoutStats(),
        task.deletes(),
        keys(file),
        position(file.lowerBounds(), Position.NONE),
        position(file.upperBounds(), ScanFile.UNBOUNDED));
  }

  private KeyRange keys(DataFile file) {
    return new KeyRange(lower(file.lowerBounds()), upper(file.upperBounds()));
  }

  /** A bound of the first columns, as many as have a bound; it is also a bound of the whole key. */
  private byte[] lower(Map<Integer, ByteBuffer> bounds) {
    KeyBytes key = new KeyBytes();
    for (int i = 0; i < columns.key().size() && isKnown(bounds, i); i++) {
      put(bounds, i, key);
    }
    return Arrays.copyOf(key.bytes(), key.length());
  }

  private byte[] upper(Map<Integer, ByteBuffer> bounds) {
    KeyBytes key = new KeyBytes();
    for (int i = 0; i < columns.key().size() && isKnown(bounds, i); i++) {
      if (columns.kinds().get(i) == KeyKind.DOUBLE) {
        // NaN is the highest key, but Iceberg's bounds do not include it.
        break;
      }
      put(bounds, i, key);
    }
    return Arrays.copyOf(key.bytes(), key.length());
  }

  private boolean isKnown(Map<Integer, ByteBuffer> bounds, int column) {
    return bounds != null && !isMissing(bounds, columns.key().get(column));
  }

  private void put(Map<Integer, ByteBuffer> bounds, int column, KeyBytes key) {
    NestedField field = columns.key().get(column);
    Object value = Conversions.fromByteBuffer(field.type(), bounds.get(field.fieldId()));
    KeyValues.put(value, columns.kinds().get(column), key);
  }

  /**
   * A bound of the whole position from the bounds of its parts: no epoch exceeds its bound; if it
   * equals the bound, no lsn exceeds its own bound, and so on.
   */
  private Position position(Map<Integer, ByteBuffer> bounds, Position unknown) {
    if (bounds == null || columns.position().stream().anyMatch(field -> isMissing(bounds, field))) {
      return unknown;
    }
    return new Position(
        (int) part(bounds, columns.position().get(0)),
        part(bounds, columns.position().get(1)),
        part(bounds, columns.position().get(2)));
  }

  private static boolean isMissing(Map<Integer, ByteBuffer> bounds, NestedField field) {
    return bounds.get(field.fieldId()) == null;
  }

  private static long part(Map<Integer, ByteBuffer> bounds, NestedField field) {
    Number value = Conversions.fromByteBuffer(field.type(), bounds.get(field.fieldId()));
    return value.longValue();
  }
}
