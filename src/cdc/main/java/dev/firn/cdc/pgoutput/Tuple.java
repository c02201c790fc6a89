package dev.firn.cdc.pgoutput;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A row in PostgreSQL's text format, in the bytes in which it was received. A column is a text,
 * null, or unchanged: an unchanged value is in TOAST storage and was not sent, so nothing is known
 * about it.
 */
public final class Tuple {

  private static final int NULL = -1;
  private static final int UNCHANGED = -2;

  private final byte[] bytes;
  private final int[] from;
  private final int[] to;

  private Tuple(byte[] bytes, int[] from, int[] to) {
    this.bytes = bytes;
    this.from = from;
    this.to = to;
  }

  /** A row with all its values; null means NULL. */
  public static Tuple of(String... texts) {
    byte[][] values = new byte[texts.length][];
    int length = 0;
    for (int i = 0; i < texts.length; i++) {
      values[i] = texts[i] == null ? null : texts[i].getBytes(StandardCharsets.UTF_8);
      length += texts[i] == null ? 0 : values[i].length;
    }
    Builder row = builder(new byte[length], texts.length);
    int at = 0;
    for (int i = 0; i < texts.length; i++) {
      if (values[i] == null) {
        row.setNull(i);
      } else {
        System.arraycopy(values[i], 0, row.bytes, at, values[i].length);
        row.text(i, at, at + values[i].length);
        at += values[i].length;
      }
    }
    return row.build();
  }

  /**
   * @param bytes that contain the texts of the columns; they must not be changed afterwards
   */
  public static Builder builder(byte[] bytes, int columns) {
    return new Builder(bytes, columns);
  }

  public int size() {
    return from.length;
  }

  public boolean isNull(int column) {
    return from[column] == NULL;
  }

  public boolean hasUnchanged() {
    for (int start : from) {
      if (start == UNCHANGED) {
        return true;
      }
    }
    return false;
  }

  public boolean isUnchanged(int column) {
    return from[column] == UNCHANGED;
  }

  /** The array that {@link #from} and {@link #to} point into. */
  public byte[] bytes() {
    return bytes;
  }

  /** Where the text of the column begins; only for a column that is neither null nor unchanged. */
  public int from(int column) {
    if (from[column] < 0) {
      throw new IllegalStateException("Cannot read column: it has no text: " + column);
    }
    return from[column];
  }

  /** Where the text of the column ends, exclusive. */
  public int to(int column) {
    return to[column];
  }

  /** The value's text; only for a column that is neither null nor unchanged. */
  public String text(int column) {
    int start = from(column);
    return new String(bytes, start, to[column] - start, StandardCharsets.UTF_8);
  }

  /** Whether the column is equal in both rows. */
  public boolean isSame(int column, Tuple other) {
    if (from[column] < 0 || other.from[column] < 0) {
      return from[column] == other.from[column];
    }
    return Arrays.equals(
        bytes, from[column], to[column], other.bytes, other.from[column], other.to[column]);
  }

  /** This row with one column taken from another row. */
  public Tuple with(int column, Tuple other) {
    int[] newFrom = from.clone();
    int[] newTo = to.clone();
    if (other.from[column] < 0) {
      newFrom[column] = other.from[column];
      return new Tuple(bytes, newFrom, newTo);
    }
    int length = other.to[column] - other.from[column];
    byte[] both = Arrays.copyOf(bytes, bytes.length + length);
    System.arraycopy(other.bytes, other.from[column], both, bytes.length, length);
    newFrom[column] = bytes.length;
    newTo[column] = both.length;
    return new Tuple(both, newFrom, newTo);
  }

  /** Accepts the columns in any order; a column that is not set is null. */
  public static final class Builder {

    private final byte[] bytes;
    private final int[] from;
    private final int[] to;

    private Builder(byte[] bytes, int columns) {
      this.bytes = bytes;
      this.from = new int[columns];
      this.to = new int[columns];
      Arrays.fill(from, NULL);
    }

    public void text(int column, int start, int end) {
      from[column] = start;
      to[column] = end;
    }

    public void setNull(int column) {
      from[column] = NULL;
    }

    public void unchanged(int column) {
      from[column] = UNCHANGED;
    }

    public Tuple build() {
      return new Tuple(bytes, from, to);
    }
  }
}
