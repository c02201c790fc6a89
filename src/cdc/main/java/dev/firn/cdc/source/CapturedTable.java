package dev.firn.cdc.source;

/**
 * A table whose snapshot was begun.
 *
 * @param oid of the table
 * @param since the consistent point of its snapshot: changes that were committed before are in it
 * @param complete whether all of it was copied
 * @param oldestChange the oldest transaction that the snapshot may not show, as a 32-bit number:
 *     rows written by it or a later one are newer than the snapshot
 */
public record CapturedTable(long oid, long since, boolean complete, long oldestChange) {}
