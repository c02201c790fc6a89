package dev.firn.cdc.source;

/**
 * A slot that was just created.
 *
 * @param consistentPoint every transaction that commits at or after it will be streamed
 * @param snapshot name of the exported snapshot, which shows everything committed before that point
 */
public record CreatedSlot(long consistentPoint, String snapshot) {}
