package dev.firn.engine.ingest;

import java.io.Serializable;

/**
 * The results of reading raw files, in one pass: changes of rows, truncations, rejected records,
 * and the counts of files.
 */
public sealed interface Gathered extends Serializable
    permits ReadChanges, Truncation, Rejection, FileCount {}
