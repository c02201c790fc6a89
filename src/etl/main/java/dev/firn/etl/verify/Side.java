package dev.firn.etl.verify;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of a table on one of the two sides, at a fixed moment. */
interface Side {

  /** Row count and checksum of each range that has rows, by {@code key hash mod ranges}. */
  Map<Long, RangeSum> sums(long ranges, KeyFilter filter);

  List<HashedRow> rows(KeyFilter filter);

  /** The texts of rows, by the hash of their key; a duplicate row is in the list twice. */
  Map<Long, List<List<String>>> texts(Set<Long> keys);
}
