package dev.firn.source.catalog;

/**
 * A replication slot as {@code pg_replication_slots} shows it.
 *
 * @param plugin empty for a physical slot
 * @param database empty for a physical slot
 * @param activePid the server process that streams from it; 0 when none does
 * @param confirmed what was acknowledged; 0 when unknown
 * @param invalidation why it will never stream again, in PostgreSQL's words; empty when it can
 * @param isFailover standbys may keep a copy of it (PostgreSQL 17)
 * @param isSynced the server kept it as the copy of a primary's failover slot (PostgreSQL 17)
 * @param walStatus reserved, extended, unreserved, or lost
 * @param lag bytes of WAL written since what was acknowledged
 */
public record SlotStatus(
    String plugin,
    String database,
    int activePid,
    long confirmed,
    String invalidation,
    boolean isFailover,
    boolean isSynced,
    String walStatus,
    long lag) {

  public boolean isInvalidated() {
    return !invalidation.isEmpty();
  }

  public boolean isActive() {
    return activePid != 0;
  }
}
