package dev.firn.cdc.source;

import java.util.OptionalLong;

/**
 * What is recorded of the past of a slot, to tell it from another of its name.
 *
 * @param identity of the cluster and timeline that it was last used in
 * @param consistentPoint where it began; 0 while the snapshot is not complete
 * @param limit no acknowledgement was ever sent beyond this LSN; empty when an older version of
 *     Firn recorded it
 */
public record SlotHistory(SystemIdentity identity, long consistentPoint, OptionalLong limit) {}
