package dev.firn.engine.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The key of a row as bytes, written column by column. Two keys are equal if their bytes are equal,
 * and their order is that of their bytes compared as unsigned; so keys of all types are hashed,
 * compared and sorted in the same way. One instance is used for many keys, each valid until {@link
 * #clear}.
 */
public final class KeyBytes {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** Bytes of a {@link KeyKind#WIDE} value: 38 digits fit into 127 bits. */
  static final int WIDE = 16;

  private byte[] bytes = new byte[64];
  private int length;

  public void clear() {
    length = 0;
  }

  /** The buffer; valid up to {@link #length()}. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void putLong(long value) {
    ensure(Long.BYTES);
    // The sign bit is inverted: negative numbers come before positive ones.
    LONG.set(bytes, length, value ^ Long.MIN_VALUE);
    length += Long.BYTES;
  }

  /** -0.0 and 0.0 are the same key, as in PostgreSQL; NaN comes last. */
  public void putDouble(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    putLong(bits ^ ((bits >> 63) & Long.MAX_VALUE));
  }

  public void putWide(BigInteger value) {
    byte[] short_ = value.toByteArray();
    ensure(WIDE);
    byte sign = (byte) (value.signum() < 0 ? -1 : 0);
    Arrays.fill(bytes, length, length + WIDE - short_.length, sign);
    System.arraycopy(short_, 0, bytes, length + WIDE - short_.length, short_.length);
    bytes[length] ^= (byte) 0x80;
    length += WIDE;
  }

  /**
   * A zero byte is followed by FF and the value by two zeros, so no value is a prefix of another.
   */
  public void putBytes(byte[] value, int from, int count) {
    ensure(2 * count + 2);
    for (int i = from; i < from + count; i++) {
      bytes[length++] = value[i];
      if (value[i] == 0) {
        bytes[length++] = (byte) 0xFF;
      }
    }
    bytes[length++] = 0;
    bytes[length++] = 0;
  }

  /** Appends bytes that are already in the format of a key or of some of its columns. */
  public void append(byte[] key, int from, int count) {
    ensure(count);
    System.arraycopy(key, from, bytes, length, count);
    length += count;
  }

  private void ensure(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
    }
  }
}
