package dev.firn.cdc.source;

import dev.firn.source.catalog.SqlSession;

/**
 * The table {@code firn.heartbeat}: one row for each slot, updated at an interval, so that there is
 * always WAL for the slot to advance past, and its lag can be measured in seconds. The table need
 * not be published.
 */
public final class HeartbeatTable {

  private static final String DOING = "write the heartbeat";

  private static final String TABLE =
      """
      CREATE TABLE IF NOT EXISTS firn.heartbeat (
        slot text PRIMARY KEY,
        beat_at timestamptz NOT NULL,
        beats bigint NOT NULL)
      """;

  private static final String BEAT =
      """
      INSERT INTO firn.heartbeat (slot, beat_at, beats) VALUES (?, clock_timestamp(), 1)
      ON CONFLICT (slot) DO UPDATE
      SET beat_at = excluded.beat_at, beats = firn.heartbeat.beats + 1
      """;

  private final SqlSession sql;
  private final String slot;

  public HeartbeatTable(SqlSession sql, String slot) {
    this.sql = sql;
    this.slot = slot;
  }

  public void beat() {
    if (sql.text(DOING, "SELECT to_regclass('firn.heartbeat') IS NULL").equals("t")) {
      sql.execute(DOING, TABLE);
    }
    sql.execute(DOING, BEAT, slot);
  }
}
