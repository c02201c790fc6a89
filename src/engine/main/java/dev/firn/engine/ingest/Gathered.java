package dev.firn.engine.ingest;

import java.io.Serializable;

/**
 * What reading raw files yields: in one pass the changes of rows, truncations, rejected records and
 * the counts of files.
 */
public sealed interface Gathered extends Serializable
    permits ReadChanges, Truncation, Rejection, FileCount {}
