package dev.firn.source.catalog;

/**
 * A replication slot as {@code pg_replication_slots} shows it.
 *
 * @param plugin empty for a physical slot
 * @param database empty for a physical slot
 * @param activePid the server process that streams from it; 0 when none does
 * @param confirmed the acknowledged LSN; 0 if unknown
 * @param invalidation PostgreSQL's reason why it can no longer stream; empty if it can
 * @param isFailover whether standbys may keep a copy of it (PostgreSQL 17)
 * @param isSynced whether it is a copy of a primary's failover slot (PostgreSQL 17)
 * @param walStatus reserved, extended, unreserved, or lost
 * @param lag bytes of WAL written since the acknowledged LSN
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
