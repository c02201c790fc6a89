package dev.firn.etl.ingest;

import dev.firn.contract.Position;
import java.io.Serializable;
import java.util.Arrays;

/**
 * Under what a {@link Gathered} is grouped: the key of a row, or the one place of what has none.
 */
public final class GroupKey implements Serializable {

  private static final long serialVersionUID = 1L;

  private enum Kind {
    ROW,
    TRUNCATION,
    REJECTION,
    FILE
  }

  // By name: the hash code of an enum constant is another one in every JVM of a cluster.
  private final String kind;
  private final Object[] values;

  private GroupKey(Kind kind, Object... values) {
    this.kind = kind.name();
    this.values = values;
  }

  static GroupKey row(Object[] key) {
    return new GroupKey(Kind.ROW, key);
  }

  /** A row of a change log: every position is one. */
  static GroupKey position(Position position) {
    return new GroupKey(Kind.ROW, position.epoch(), position.lsn(), position.seq());
  }

  static GroupKey truncation() {
    return new GroupKey(Kind.TRUNCATION);
  }

  static GroupKey rejection(Rejection rejection) {
    return new GroupKey(Kind.REJECTION, rejection.file(), rejection.line());
  }

  static GroupKey file(RawFile file) {
    return new GroupKey(Kind.FILE, file.path());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupKey key
        && kind.equals(key.kind)
        && Arrays.deepEquals(values, key.values);
  }

  @Override
  public int hashCode() {
    return 31 * kind.hashCode() + Arrays.deepHashCode(values);
  }
}
