package dev.firn.cdc.source;

/**
 * A slot that was made just now.
 *
 * @param consistentPoint every transaction that commits at or after it will be streamed
 * @param snapshot name of the exported snapshot, which shows all that committed before
 */
public record CreatedSlot(long consistentPoint, String snapshot) {}
