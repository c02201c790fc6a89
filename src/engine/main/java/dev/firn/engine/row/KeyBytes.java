package dev.firn.engine.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The key of a row as bytes, written column by column. Two keys are equal if their bytes are, and
 * ordered as their bytes are when these are compared as unsigned; so a key of any types is hashed,
 * compared and sorted in one way. One is used for many keys, each valid until {@link #clear}.
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

  /** Valid up to {@link #length()}. */
  public byte[] bytes() {
    return bytes;
  }

  public int length() {
    return length;
  }

  public void putLong(long value) {
    ensure(Long.BYTES);
    // The sign bit turned over: negative numbers come before positive ones.
    LONG.set(bytes, length, value ^ Long.MIN_VALUE);
    length += Long.BYTES;
  }

  /** -0.0 and 0.0 are one key, as they are to PostgreSQL; NaN comes last. */
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

  /** A zero byte is followed by FF and the value by two zeros: so no value begins another. */
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

  /** Bytes that are those of a key, or of some of its columns, already. */
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
