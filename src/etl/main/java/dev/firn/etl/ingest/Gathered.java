package dev.firn.etl.ingest;

import java.io.Serializable;

/**
 * What reading raw files yields, each under a {@link GroupKey}: one pass and one shuffle carry the
 * changes of rows, truncations, rejected records and the counts of files.
 */
public sealed interface Gathered extends Serializable
    permits ChangedRow, Truncation, Rejection, FileCount {

  /** What two of one group come to; the order of the two does not matter. */
  Gathered combine(Gathered other);
}
