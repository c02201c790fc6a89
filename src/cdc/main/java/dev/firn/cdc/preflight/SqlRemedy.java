package dev.firn.cdc.preflight;

import java.util.List;
import java.util.Objects;

/**
 * SQL that removes the cause of a finding. It runs as printed, statement by statement, as a
 * superuser or as the owner of what it changes.
 */
public record SqlRemedy(Purpose purpose, List<String> statements) {

  /** What the SQL is for. A test runs the SQL of each. */
  public enum Purpose {
    /** {@code wal_level}; needs a restart. */
    LOGICAL_LOG,
    /** The role may use the replication protocol. */
    ROLE_MAY_REPLICATE,
    /** The role may write what capture records. */
    STATE_SCHEMA,
    /** {@code max_replication_slots} or {@code max_wal_senders}; needs a restart. */
    ROOM,
    /** A setting that the server reads again. */
    SETTING,
    /** An existing slot is kept by standbys; over a replication connection. */
    FAILOVER_SLOT,
    /** The publication does not exist. */
    PUBLICATION,
    /** The publication leaves out operations. */
    OPERATIONS,
    /** The publication leaves out tables. */
    PUBLISHED_TABLES,
    /** Partitions are published under their own names. */
    VIA_ROOT,
    /** Stored generated columns are not published. */
    GENERATED_COLUMNS,
    /** The publication sends tables that nobody captures. */
    OTHER_TABLES,
    /** A published table has no replica identity. */
    IDENTITY,
    /** The lake does not take the types of a key, and another unique index would do. */
    OTHER_KEY,
    /** The role may not read a table. */
    READ_TABLE,
    /** Row level security would hide rows from the role. */
    ROW_SECURITY,
    /** A table or its partitions are UNLOGGED. */
    LOGGED,
    /** Partitions have another replica identity than their table. */
    PARTITION_IDENTITY
  }

  public SqlRemedy {
    Objects.requireNonNull(purpose, "purpose");
    statements = List.copyOf(statements);
  }

  static SqlRemedy of(Purpose purpose, String... statements) {
    return new SqlRemedy(purpose, List.of(statements));
  }

  @Override
  public String toString() {
    return String.join(" ", statements);
  }
}
