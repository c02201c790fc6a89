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

  WireReader(ByteBuffer in) {
    this.in = in;
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
    String text = text(length);
    in.get();
    return text;
  }

  String text(int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    String text =
        in.hasArray()
            ? new String(
                in.array(), in.arrayOffset() + in.position(), length, StandardCharsets.UTF_8)
            : StandardCharsets.UTF_8.decode(in.slice(in.position(), length)).toString();
    in.position(in.position() + length);
    return text;
  }

  void skip(int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    in.position(in.position() + length);
  }

  private int checked(int distance) {
    if (distance >= in.remaining()) {
      throw new BufferUnderflowException();
    }
    return distance;
  }
}
