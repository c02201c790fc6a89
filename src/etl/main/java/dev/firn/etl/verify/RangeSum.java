package dev.firn.etl.verify;

import java.io.Serializable;

/**
 * The row count and checksum of a range of keys, independent of the order of its rows.
 *
 * @param sum of the rows' hashes modulo 2^64; equal rows twice do not cancel out, as in a XOR
 */
record RangeSum(long rows, long sum) implements Serializable {

  static final RangeSum EMPTY = new RangeSum(0, 0);

  RangeSum plus(RangeSum other) {
    return new RangeSum(rows + other.rows, sum + other.sum);
  }
}
