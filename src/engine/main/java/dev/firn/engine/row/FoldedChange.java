package dev.firn.engine.row;

import dev.firn.contract.Position;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.unsafe.Platform;

/**
 * A view of one change in a buffer of many: what the events of one key, as far as they were seen,
 * come to. The newest event decides whether there is a row; each column has the value that was last
 * known of it.
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

  /** Some value is older than the row: the known positions follow. */
  static final int UNCHANGED = 1;

  /** The newest event left no row. */
  static final int DELETED = 2;

  /** A later change of its key stands elsewhere: it does not count any more. */
  private static final int REPLACED = 4;

  /** Where the key begins. */
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

  /** Looks at the change that begins here. */
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

  /** Compares this change's key with one of the same shape. */
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

  /** It does not count: another of the same key has taken its place. */
  public boolean isReplaced() {
    return (flags() & REPLACED) != 0;
  }

  /** Says where the next change begins: behind room that this one does not need. */
  static void resize(byte[] bytes, int offset, int size) {
    INT.set(bytes, offset, size);
  }

  static void replace(byte[] bytes, int offset) {
    INT.set(bytes, offset + 12, (int) INT.get(bytes, offset + 12) | REPLACED);
  }

  /** All events of this key that were seen. */
  public long events() {
    return (long) LONG.get(buffer, start + 32);
  }

  /** How many of them have this position: more than one is a duplicate. */
  public long newest() {
    return (long) LONG.get(buffer, start + 40);
  }

  /** Points a row at the columns; it is valid as long as the buffer is. */
  public UnsafeRow row(UnsafeRow row) {
    row.pointTo(buffer, Platform.BYTE_ARRAY_OFFSET + start + rowAt(buffer, start), rowLength());
    return row;
  }

  public UnsafeRow row() {
    return row(new UnsafeRow(width));
  }

  /**
   * The position the value of a source column comes from; {@link Position#NONE} where it is not
   * known.
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
   * Writes one event's change at the front of a buffer.
   *
   * @param known positions of the source's columns; empty where all are the event's own
   * @return the buffer, or a larger one
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
