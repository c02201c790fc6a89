package dev.firn.cdc.pgoutput;

import dev.firn.contract.ReplicaIdentity;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A message of pgoutput, protocol version 1 (PostgreSQL documentation, "Logical Replication Message
 * Formats"). Relations and types are named by their OID, unsigned.
 */
public sealed interface Message {

  /**
   * @param finalLsn where the COMMIT record of the transaction begins
   */
  record Begin(long finalLsn, Instant committedAt, long transactionId) implements Message {}

  /**
   * @param endLsn the first byte after the COMMIT record: what may be acknowledged
   */
  record Commit(long commitLsn, long endLsn, Instant committedAt) implements Message {}

  record Relation(
      long oid, String schema, String table, ReplicaIdentity identity, List<RelationColumn> columns)
      implements Message {

    public Relation {
      columns = List.copyOf(columns);
    }
  }

  record Type(long oid, String schema, String name) implements Message {}

  record Insert(long relation, Tuple row) implements Message {}

  record Update(long relation, Optional<OldTuple> old, Tuple row) implements Message {

    public Update {
      Objects.requireNonNull(old, "old");
    }
  }

  record Delete(long relation, OldTuple old) implements Message {}

  record Truncate(List<Long> relations) implements Message {

    public Truncate {
      relations = List.copyOf(relations);
    }
  }

  record Origin(long commitLsn, String name) implements Message {}

  /** What {@code pg_logical_emit_message} wrote; only its LSN matters. */
  record Emitted(long lsn, String prefix) implements Message {}
}
