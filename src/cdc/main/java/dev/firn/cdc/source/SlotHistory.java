package dev.firn.cdc.source;

import java.util.OptionalLong;

/**
 * The recorded history of a slot, to detect a slot that was recreated under the same name.
 *
 * @param identity of the cluster and timeline in which it was last used
 * @param consistentPoint where it started; 0 while the snapshot is not complete
 * @param limit the LSN beyond which no acknowledgement was ever sent; empty if an older version of
 *     Firn recorded the slot
 */
public record SlotHistory(SystemIdentity identity, long consistentPoint, OptionalLong limit) {}
