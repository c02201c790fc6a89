package dev.firn.engine.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.Types.DecimalType;

/** Reads a column from the bytes of a key, in the form that Iceberg's transforms expect. */
public final class KeyValue {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private KeyValue() {}

  /**
   * @param start where the key starts
   * @param column index of the key's column, from 0
   * @param type of that column
   */
  public static Object of(byte[] bytes, int start, KeyKind[] kinds, int column, Type type) {
    int at = start;
    for (int i = 0; i < column; i++) {
      at = end(bytes, at, kinds[i]);
    }
    return switch (kinds[column]) {
      case LONG -> number((long) LONG.get(bytes, at) ^ Long.MIN_VALUE, type);
      case WIDE -> wide(bytes, at, (DecimalType) type);
      case BYTES -> content(bytes, at, type);
      case DOUBLE ->
          throw new IllegalArgumentException(
              "Cannot read key: Iceberg's transforms do not support the type " + type);
    };
  }

  private static Object number(long value, Type type) {
    return switch (type.typeId()) {
      case INTEGER, DATE -> (int) value;
      case BOOLEAN -> value != 0;
      case DECIMAL -> BigDecimal.valueOf(value, ((DecimalType) type).scale());
      default -> value;
    };
  }

  private static BigDecimal wide(byte[] bytes, int at, DecimalType type) {
    byte[] unscaled = Arrays.copyOfRange(bytes, at, at + KeyBytes.WIDE);
    unscaled[0] ^= (byte) 0x80;
    return new BigDecimal(new BigInteger(unscaled), type.scale());
  }

  private static Object content(byte[] bytes, int at, Type type) {
    byte[] content = new byte[end(bytes, at, KeyKind.BYTES) - at];
    int length = 0;
    // A zero that belongs to the value is followed by FF.
    for (int i = at; bytes[i] != 0 || bytes[i + 1] != 0; i++) {
      content[length++] = bytes[i];
      i += bytes[i] == 0 ? 1 : 0;
    }
    return type.typeId() == TypeID.STRING
        ? new String(content, 0, length, StandardCharsets.UTF_8)
        : ByteBuffer.wrap(content, 0, length);
  }

  private static int end(byte[] bytes, int at, KeyKind kind) {
    if (kind != KeyKind.BYTES) {
      return at + (kind == KeyKind.WIDE ? KeyBytes.WIDE : Long.BYTES);
    }
    int end = at;
    while (bytes[end] != 0 || bytes[end + 1] != 0) {
      end += bytes[end] == 0 ? 2 : 1;
    }
    return end + 2;
  }
}
