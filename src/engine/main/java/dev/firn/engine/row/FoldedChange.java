package dev.firn.engine.row;

import dev.firn.contract.Position;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * A view of one change in a buffer of many: the combined effect of the events of one key, as far as
 * they were read. The newest event decides whether the row exists; each column has its newest known
 * value.
 *
 * <pre>
 *  0 size of the change, with room        int
 *  4 size of the key                     int
 *  8 epoch                               int
 * 12 flags                               int
 * 16 lsn, seq                            long, long
 * 32 events seen, of the newest position long, long
 * 48 size of the row, 0                  int, int
 * 56 key                                 padded to 8 bytes
 *    row                                 as an UnsafeRow
 *    known positions, if some are older  (epoch, lsn, seq) as three longs a source column
 * </pre>
 */
public final class FoldedChange {

  /** Flag: some value is older than the row, and the known positions follow. */
  static final int UNCHANGED = 1;

  /** Flag: the newest event deleted the row. */
  static final int DELETED = 2;

  /** Flag: a later change of the same key is stored elsewhere; this one is ignored. */
  private static final int REPLACED = 4;

  /** The offset of the key. */
  static final int KEY = 56;

  /** Bytes of a known position. */
  static final int KNOWN = 24;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final int width;
  private byte[] buffer = {};
  private int start;

  public FoldedChange(RowShape shape) {
    this.width = shape.width();
  }

  /** Points this view at the change that starts here. */
  public FoldedChange at(byte[] bytes, int offset) {
    this.buffer = bytes;
    this.start = offset;
    return this;
  }

  public byte[] buffer() {
    return buffer;
  }

  public int start() {
    return start;
  }

  /** Bytes to the next change. */
  public int size() {
    return sizeAt(buffer, start);
  }

  static int sizeAt(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset);
  }

  public int keyStart() {
    return start + KEY;
  }

  public int keyLength() {
    return keyLengthAt(buffer, start);
  }

  static int keyLengthAt(byte[] bytes, int offset) {
    return (int) INT.get(bytes, offset + 4);
  }

  /** Compares this change's key with a key of the same shape. */
  public int compareKey(byte[] key) {
    return Arrays.compareUnsigned(buffer, keyStart(), keyStart() + keyLength(), key, 0, key.length);
  }

  public byte[] key() {
    return Arrays.copyOfRange(buffer, keyStart(), keyStart() + keyLength());
  }

  public Position position() {
    return new Position(epoch(), lsn(), seq());
  }

  public int epoch() {
    return (int) INT.get(buffer, start + 8);
  }

  public long lsn() {
    return (long) LONG.get(buffer, start + 16);
  }

  public long seq() {
    return (long) LONG.get(buffer, start + 24);
  }

  /** As {@link Position#compareTo}. */
  public int compareTo(int epoch, long lsn, long seq) {
    int order = Integer.compare(epoch(), epoch);
    if (order == 0) {
      order = Long.compare(lsn(), lsn);
    }
    return order == 0 ? Long.compare(seq(), seq) : order;
  }

  public int compareTo(Position position) {
    return compareTo(position.epoch(), position.lsn(), position.seq());
  }

  public boolean isDeleted() {
    return (flags() & DELETED) != 0;
  }

  /** Some value is older than the row. */
  public boolean hasUnchanged() {
    return (flags() & UNCHANGED) != 0;
  }

  /** Marks this change as ignored: another change of the same key has replaced it. */
  public boolean isReplaced() {
    return (flags() & REPLACED) != 0;
  }

  /** Sets where the next change starts, leaving spare room for this one. */
  static void resize(byte[] bytes, int offset, int size) {
    INT.set(bytes, offset, size);
  }

  static void replace(byte[] bytes, int offset) {
    INT.set(bytes, offset + 12, (int) INT.get(bytes, offset + 12) | REPLACED);
  }

  /** The number of all events of this key that were read. */
  public long events() {
    return (long) LONG.get(buffer, start + 32);
  }

  /** The number of events with this position: all but one are duplicates. */
  public long newest() {
    return (long) LONG.get(buffer, start + 40);
  }

  /** Points a row at the columns; it is valid only as long as the buffer. */
  public UnsafeRow row(UnsafeRow row) {
    row.pointTo(buffer, Platform.BYTE_ARRAY_OFFSET + start + rowAt(buffer, start), rowLength());
    return row;
  }

  public UnsafeRow row() {
    return row(new UnsafeRow(width));
  }

  /**
   * The position of a source column's value; {@link Position#NONE} if the value is unknown.
   *
   * @param ordinal among the source's columns
   */
  public Position knownAt(int ordinal) {
    if (!hasUnchanged()) {
      return position();
    }
    int at = start + rowAt(buffer, start) + rowLength() + ordinal * KNOWN;
    return new Position(
        (int) (long) LONG.get(buffer, at),
        (long) LONG.get(buffer, at + 8),
        (long) LONG.get(buffer, at + 16));
  }

  private int rowLength() {
    return (int) INT.get(buffer, start + 48);
  }

  private int flags() {
    return (int) INT.get(buffer, start + 12);
  }

  /** The distance of the row from the start of its change. */
  private static int rowAt(byte[] bytes, int offset) {
    return KEY + padded(keyLengthAt(bytes, offset));
  }

  private static int padded(int size) {
    return (size + 7) & ~7;
  }

  static void count(byte[] bytes, int offset, long events, long newest) {
    LONG.set(bytes, offset + 32, events);
    LONG.set(bytes, offset + 40, newest);
  }

  /**
   * Writes one event's change at the start of a buffer.
   *
   * @param known positions of the source's columns; empty if all have the event's position
   * @return the same buffer, or a larger one
   */
  static byte[] write(
      byte[] bytes, KeyBytes key, UnsafeRow row, Position position, Position[] known, int flags) {
    int rowAt = KEY + padded(key.length());
    int knownAt = rowAt + row.getSizeInBytes();
    int size = knownAt + known.length * KNOWN;
    byte[] out = bytes.length >= size ? bytes : new byte[2 * size];
    INT.set(out, 0, size);
    INT.set(out, 4, key.length());
    INT.set(out, 8, position.epoch());
    INT.set(out, 12, flags | (known.length > 0 ? UNCHANGED : 0));
    LONG.set(out, 16, position.lsn());
    LONG.set(out, 24, position.seq());
    count(out, 0, 1, 1);
    LONG.set(out, 48, 0L);
    INT.set(out, 48, row.getSizeInBytes());
    System.arraycopy(key.bytes(), 0, out, KEY, key.length());
    Arrays.fill(out, KEY + key.length(), rowAt, (byte) 0);
    Platform.copyMemory(
        row.getBaseObject(),
        row.getBaseOffset(),
        out,
        (long) Platform.BYTE_ARRAY_OFFSET + rowAt,
        row.getSizeInBytes());
    for (int i = 0; i < known.length; i++) {
      int at = knownAt + i * KNOWN;
      LONG.set(out, at, (long) known[i].epoch());
      LONG.set(out, at + 8, known[i].lsn());
      LONG.set(out, at + 16, known[i].seq());
    }
    return out;
  }
}
