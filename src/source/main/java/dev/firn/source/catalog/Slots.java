package dev.firn.source.catalog;

import dev.firn.console.DecisionException;
import dev.firn.source.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/** Reads, claims and drops the replication slot over an ordinary connection. */
public final class Slots {

  // Through JSON, because the columns exist since different versions: wal_status 13, conflicting
  // 16, the others 17.
  private static final String STATUS =
      """
      SELECT coalesce(plugin, '') AS plugin, coalesce(database, '') AS database,
             coalesce(active_pid, 0) AS active_pid,
             coalesce(confirmed_flush_lsn, '0/0') AS confirmed,
             coalesce(
               to_jsonb(s) ->> 'invalidation_reason',
               CASE WHEN (to_jsonb(s) ->> 'conflicting')::boolean THEN 'conflict with recovery'
                    WHEN wal_status = 'lost' THEN 'wal_removed' ELSE '' END) AS invalidation,
             coalesce((to_jsonb(s) ->> 'failover')::boolean, false) AS failover,
             coalesce((to_jsonb(s) ->> 'synced')::boolean, false) AS synced,
             coalesce(wal_status, '') AS wal_status,
             coalesce(pg_wal_lsn_diff(
                 CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()
                      ELSE pg_current_wal_lsn() END,
                 confirmed_flush_lsn)::bigint, 0) AS lag
      FROM pg_replication_slots s WHERE slot_name = ?
      """;

  private final SqlSession sql;
  private final String name;

  public Slots(SqlSession sql, String name) {
    this.sql = sql;
    this.name = name;
  }

  public Optional<SlotStatus> status() {
    return sql.first("look up replication slot " + name, STATUS, Slots::read, name);
  }

  /**
   * @throws DecisionException when there is no such slot
   */
  public SlotStatus require() {
    return status()
        .orElseThrow(
            () ->
                new DecisionException(
                    "Cannot find replication slot: the source has no slot of this name: " + name,
                    "If capture never ran, run 'firn capture'; if the slot was dropped since, run"
                        + " 'firn capture --resnapshot'."));
  }

  public void drop() {
    sql.execute("drop replication slot " + name, "SELECT pg_drop_replication_slot(?::text)", name);
  }

  /**
   * Claims the slot for this session until the session ends: the server does not protect a slot
   * from a second user while nothing is streamed from it, as during the snapshot.
   */
  public boolean claim() {
    return sql.text(
            "claim replication slot " + name,
            "SELECT pg_try_advisory_lock(hashtextextended('firn capture ' || ?, 0))",
            name)
        .equals("t");
  }

  private static SlotStatus read(ResultSet row) throws SQLException {
    return new SlotStatus(
        row.getString("plugin"),
        row.getString("database"),
        row.getInt("active_pid"),
        Lsn.parse(row.getString("confirmed")),
        row.getString("invalidation"),
        row.getBoolean("failover"),
        row.getBoolean("synced"),
        row.getString("wal_status"),
        row.getLong("lag"));
  }
}
