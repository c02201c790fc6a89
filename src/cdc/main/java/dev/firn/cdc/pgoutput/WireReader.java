package dev.firn.cdc.pgoutput;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The protocol's data types ("Message Data Types"), big-endian, strings ended by a zero byte. */
final class WireReader {

  private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final ByteBuffer in;

  /**
   * @param in with an array; the driver makes a new one for each message
   */
  WireReader(ByteBuffer in) {
    this.in = in;
  }

  /** The array that {@link #place()} points into. */
  byte[] bytes() {
    return in.array();
  }

  int place() {
    return in.arrayOffset() + in.position();
  }

  long lsn() {
    return in.getLong();
  }

  long oid() {
    return Integer.toUnsignedLong(in.getInt());
  }

  int integer() {
    return in.getInt();
  }

  int count() {
    return Short.toUnsignedInt(in.getShort());
  }

  char character() {
    return (char) in.get();
  }

  Instant timestamp() {
    return POSTGRES_EPOCH.plus(in.getLong(), ChronoUnit.MICROS);
  }

  String string() {
    int length = 0;
    while (in.get(in.position() + checked(length)) != 0) {
      length++;
    }
    String text = new String(in.array(), skip(length), length, StandardCharsets.UTF_8);
    in.get();
    return text;
  }

  /** Skips bytes, and returns where they begin in the array. */
  int skip(int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    int start = place();
    in.position(in.position() + length);
    return start;
  }

  private int checked(int distance) {
    if (distance >= in.remaining()) {
      throw new BufferUnderflowException();
    }
    return distance;
  }
}
