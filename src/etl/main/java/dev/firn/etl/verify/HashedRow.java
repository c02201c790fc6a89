package dev.firn.etl.verify;

import java.io.Serializable;

/** A row as two hashes: one of its key's text, and one of all its texts. */
record HashedRow(long key, long row) implements Serializable {}
