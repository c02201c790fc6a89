package dev.firn.cdc.source;

/**
 * A replication slot as {@code pg_replication_slots} shows it.
 *
 * @param plugin empty for a physical slot
 * @param database empty for a physical slot
 * @param activePid the server process that streams from it; 0 when none does
 * @param confirmed what was acknowledged; 0 when unknown
 * @param walStatus reserved, extended, unreserved, or lost
 */
public record SlotStatus(
    String plugin, String database, int activePid, long confirmed, String walStatus) {

  /** WAL it needs was removed, or it was invalidated otherwise: it will never stream again. */
  public boolean isLost() {
    return walStatus.equals("lost");
  }

  public boolean isActive() {
    return activePid != 0;
  }
}
