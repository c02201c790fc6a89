package dev.firn.cdc.source;

import dev.firn.console.OperatorException;
import dev.firn.pipeline.QualifiedName;
import dev.firn.source.Lsn;
import dev.firn.source.SqlRemedy;
import dev.firn.source.catalog.SqlSession;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The table {@code firn.capture}: one row for each slot. */
public final class StateTable {

  private static final String DOING = "read the state of the capture";
  private static final String RECORDING = "record the state of the capture";

  private static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS firn.capture (
        slot text PRIMARY KEY,
        epoch integer NOT NULL,
        system_identifier text NOT NULL,
        timeline integer NOT NULL,
        consistent_point pg_lsn,
        acknowledged_limit pg_lsn,
        snapshot_complete boolean NOT NULL,
        event_timestamp bigint,
        changed_at timestamptz NOT NULL DEFAULT now());
      """;

  private static final String UPGRADE =
      "ALTER TABLE firn.capture ADD COLUMN IF NOT EXISTS acknowledged_limit pg_lsn,"
          + " ADD COLUMN IF NOT EXISTS event_timestamp bigint";

  private final SqlSession sql;
  private final String slot;

  public StateTable(SqlSession sql, String slot) {
    this.sql = sql;
    this.slot = slot;
  }

  /** Empty if nothing is recorded about the slot. Also reads what an older version recorded. */
  public Optional<CaptureState> read() {
    if (!exists()) {
      return Optional.empty();
    }
    Map<QualifiedName, CapturedTable> tables = new SnapshotState(sql, slot).tables();
    return sql.first(
        DOING,
        "SELECT epoch, system_identifier, timeline, snapshot_complete,"
            + " coalesce(consistent_point, '0/0') AS consistent_point,"
            // An older version of the table does not have it.
            + " to_jsonb(c) ->> 'acknowledged_limit' AS acknowledged_limit, current_database()"
            + " FROM firn.capture c WHERE slot = ?",
        row -> state(row, tables),
        slot);
  }

  /** A snapshot starts: until it is complete, capture cannot resume from the slot. */
  public void begin(int epoch, SystemIdentity identity) {
    create();
    sql.execute(
        RECORDING,
        """
        INSERT INTO firn.capture (slot, epoch, system_identifier, timeline, snapshot_complete)
        VALUES (?, ?::int, ?, ?::int, false)
        ON CONFLICT (slot) DO UPDATE SET epoch = excluded.epoch,
          system_identifier = excluded.system_identifier, timeline = excluded.timeline,
          consistent_point = NULL, acknowledged_limit = NULL, snapshot_complete = false, changed_at = now()
        """,
        slot,
        epoch,
        identity.system(),
        identity.timeline());
    new SnapshotState(sql, slot).forgetRanges();
    sql.execute(RECORDING, "DELETE FROM firn.captured_table WHERE slot = ?", slot);
  }

  /** The slot exists: from now on it has every change. */
  public void recordSlot(long consistentPoint) {
    sql.execute(
        RECORDING,
        "UPDATE firn.capture SET consistent_point = ?::pg_lsn, acknowledged_limit = ?::pg_lsn,"
            + " snapshot_complete = true, changed_at = now() WHERE slot = ?",
        Lsn.format(consistentPoint),
        Lsn.format(consistentPoint),
        slot);
  }

  /** Allows acknowledgements up to the current end of the log; returns that LSN. */
  long recordLimit() {
    return Lsn.parse(
        sql.text(
            RECORDING,
            "UPDATE firn.capture SET acknowledged_limit = pg_current_wal_insert_lsn(),"
                + " changed_at = now() WHERE slot = ? RETURNING acknowledged_limit",
            slot));
  }

  /** Where the log ends now. */
  long endOfLog() {
    return Lsn.parse(sql.text(DOING, "SELECT pg_current_wal_insert_lsn()"));
  }

  void recordLimit(long limit) {
    sql.execute(
        RECORDING,
        "UPDATE firn.capture SET acknowledged_limit = ?::pg_lsn, changed_at = now()"
            + " WHERE slot = ?",
        Lsn.format(limit),
        slot);
  }

  /** The recorded write time of the last event, in seconds since 1970; 0 if there is none. */
  public long eventTimestamp() {
    return exists()
        ? sql.first(
                DOING,
                "SELECT coalesce((to_jsonb(c) ->> 'event_timestamp')::bigint, 0)"
                    + " FROM firn.capture c WHERE slot = ?",
                row -> row.getLong(1),
                slot)
            .orElse(0L)
        : 0;
  }

  /** Records a time below which no later event's write time will be. */
  public void recordEventTimestamp(long seconds) {
    sql.execute(
        RECORDING,
        "UPDATE firn.capture SET event_timestamp = ?::bigint, changed_at = now() WHERE slot = ?",
        seconds,
        slot);
  }

  /** From now on changes win over everything that was sent before. */
  public void recordEpoch(int epoch) {
    sql.execute(
        RECORDING,
        "UPDATE firn.capture SET epoch = ?::int, changed_at = now() WHERE slot = ?",
        epoch,
        slot);
  }

  /**
   * The slot continues on another timeline of the cluster, with everything that was acknowledged.
   */
  public void recordTimeline(int timeline) {
    sql.execute(
        RECORDING,
        "UPDATE firn.capture SET timeline = ?::int, acknowledged_limit = NULL, changed_at = now()"
            + " WHERE slot = ?",
        timeline,
        slot);
  }

  /**
   * Adds what tables of an older version lack. Only for the run that has claimed the slot: another
   * run may be writing to them.
   */
  public void upgrade() {
    if (lacks("capture", "acknowledged_limit") || lacks("capture", "event_timestamp")) {
      extend("firn.capture", UPGRADE);
    }
    if (lacks("snapshot_range", "lsn")) {
      extend("firn.snapshot_range", SnapshotState.UPGRADE);
    } else if (lacks("captured_table", "traits")) {
      extend("firn.captured_table", SnapshotState.TABLES);
    }
    new SnapshotState(sql, slot).forgetUnplacedRanges();
  }

  private boolean lacks(String table, String column) {
    return sql.text(
            DOING,
            "SELECT NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('firn.' || ?)"
                + " AND attname = ?::name AND NOT attisdropped)",
            table,
            column)
        .equals("t");
  }

  private void extend(String table, String statements) {
    try {
      sql.executeScript(RECORDING, statements);
    } catch (OperatorException e) {
      throw new OperatorException(
          "Cannot record the state of the capture: the role does not own the table: " + table,
          "Run as its owner: " + SqlRemedy.stateTables(statements),
          e);
    }
  }

  private boolean exists() {
    return sql.text(DOING, "SELECT to_regclass('firn.capture') IS NOT NULL").equals("t");
  }

  private void create() {
    if (exists()) {
      upgrade();
      return;
    }
    try {
      // IF NOT EXISTS needs the privilege to create even if there is nothing to create.
      if (sql.text(DOING, "SELECT to_regnamespace('firn') IS NOT NULL").equals("f")) {
        sql.execute(RECORDING, "CREATE SCHEMA firn");
      }
      sql.executeScript(RECORDING, TABLES);
      sql.executeScript(RECORDING, SnapshotState.TABLES);
    } catch (OperatorException e) {
      String role = sql.text(DOING, "SELECT current_user");
      throw new OperatorException(
          "Cannot record the state of the capture: the role may not create schema firn: " + role,
          "Run as the owner of the database: " + SqlRemedy.stateSchema(role),
          e);
    }
  }

  private static CaptureState state(ResultSet row, Map<QualifiedName, CapturedTable> tables)
      throws SQLException {
    return new CaptureState(
        row.getInt("epoch"), history(row), row.getBoolean("snapshot_complete"), tables);
  }

  private static SlotHistory history(ResultSet row) throws SQLException {
    String limit = row.getString("acknowledged_limit");
    return new SlotHistory(
        new SystemIdentity(
            row.getString("system_identifier"),
            row.getInt("timeline"),
            row.getString("current_database")),
        Lsn.parse(row.getString("consistent_point")),
        limit == null ? OptionalLong.empty() : OptionalLong.of(Lsn.parse(limit)));
  }
}
