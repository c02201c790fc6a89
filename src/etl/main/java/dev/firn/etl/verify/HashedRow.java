package dev.firn.etl.verify;

import java.io.Serializable;

/** A row as two hashes: that of its key's text, and that of all its texts. */
record HashedRow(long key, long row) implements Serializable {}
