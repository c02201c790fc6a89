package dev.firn.cdc.source;

/**
 * Blocks of a {@link Part} that were copied.
 *
 * @param leaf OID of the part
 * @param firstBlock of the range
 * @param file that the blocks lie in: they mean nothing in another
 */
public record FinishedRange(long leaf, long firstBlock, long file) {}
