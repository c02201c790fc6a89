package dev.firn.cdc.source;

/**
 * Blocks of a {@link Part} that were copied.
 *
 * @param leaf OID of the part
 * @param firstBlock of the range
 * @param file that contains the blocks: after a rewrite of the table they are invalid
 */
public record FinishedRange(long leaf, long firstBlock, long file) {}
