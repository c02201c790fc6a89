package dev.firn.contract;

/**
 * What PostgreSQL sends of an old row on UPDATE and DELETE (ALTER TABLE … REPLICA IDENTITY, {@code
 * pg_class.relreplident}).
 */
public enum ReplicaIdentity {
  /** The primary key; nothing where there is none. */
  DEFAULT('d'),
  /** All columns. */
  FULL('f'),
  /** The columns of a named unique index. */
  INDEX('i'),
  NOTHING('n');

  private final char code;

  ReplicaIdentity(char code) {
    this.code = code;
  }

  /**
   * @param code as in {@code pg_class.relreplident} and the Relation message
   * @throws IllegalArgumentException when there is no such identity
   */
  public static ReplicaIdentity ofCode(char code) {
    for (ReplicaIdentity identity : values()) {
      if (identity.code == code) {
        return identity;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read replica identity: one of d, f, i, n is expected: " + code);
  }
}
