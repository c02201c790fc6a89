package dev.firn.cdc.source;

/**
 * Blocks of a table, or of a partition, that were copied.
 *
 * @param leaf OID of the table that holds the rows itself
 * @param firstBlock of the range
 * @param file that the blocks stood in ({@code pg_relation_filenode}): they mean nothing in another
 */
public record FinishedRange(long leaf, long firstBlock, long file) {}
