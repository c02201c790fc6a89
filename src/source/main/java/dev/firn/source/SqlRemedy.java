package dev.firn.source;

import dev.firn.pipeline.QualifiedName;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * SQL that removes the cause of a finding or a failure. It can be run as printed, statement by
 * statement, as a superuser or as the owner of the objects that it changes.
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
    /** Tables that an older version created lack columns. */
    STATE_TABLES,
    /** {@code max_replication_slots} or {@code max_wal_senders}; needs a restart. */
    ROOM,
    /** A setting that takes effect with a reload. */
    SETTING,
    /** Standbys keep a copy of an existing slot; over a replication connection. */
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
    /** The publication sends tables that are not captured. */
    OTHER_TABLES,
    /** A published table has no replica identity. */
    IDENTITY,
    /**
     * The lake does not support the types of a key, but another unique index has supported types.
     */
    OTHER_KEY,
    /** The role may not read a table. */
    READ_TABLE,
    /** Row level security would hide rows from the role. */
    ROW_SECURITY,
    /** A table or its partitions are UNLOGGED. */
    LOGGED,
    /** Partitions have a different replica identity than their table. */
    PARTITION_IDENTITY
  }

  public SqlRemedy {
    Objects.requireNonNull(purpose, "purpose");
    statements = List.copyOf(statements);
  }

  public static SqlRemedy of(Purpose purpose, String... statements) {
    return new SqlRemedy(purpose, List.of(statements));
  }

  public static SqlRemedy replication(String role) {
    return of(
        Purpose.ROLE_MAY_REPLICATE,
        "ALTER ROLE %s REPLICATION;".formatted(QualifiedName.quote(role)));
  }

  /** The same on Amazon RDS, where nobody may alter that attribute. */
  public static SqlRemedy replicationOnRds(String role) {
    return of(
        Purpose.ROLE_MAY_REPLICATE,
        "GRANT rds_replication TO %s;".formatted(QualifiedName.quote(role)));
  }

  public static SqlRemedy stateSchema(String role) {
    String name = QualifiedName.quote(role);
    return of(
        Purpose.STATE_SCHEMA,
        "CREATE SCHEMA IF NOT EXISTS firn;",
        "GRANT USAGE, CREATE ON SCHEMA firn TO %s;".formatted(name),
        "GRANT ALL ON ALL TABLES IN SCHEMA firn TO %s;".formatted(name));
  }

  /**
   * @param script without semicolons in texts
   */
  public static SqlRemedy stateTables(String script) {
    return new SqlRemedy(
        Purpose.STATE_TABLES,
        Stream.of(script.split(";"))
            .map(statement -> statement.strip().replaceAll("\\s+", " "))
            .filter(statement -> !statement.isEmpty())
            .map(statement -> statement + ";")
            .toList());
  }

  @Override
  public String toString() {
    return String.join(" ", statements);
  }
}
