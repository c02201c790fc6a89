package dev.firn.etl.verify;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows of a table in one of the two places, at a moment that does not move on. */
interface Side {

  /** Rows and checksum of each range that has any, by {@code key hash mod ranges}. */
  Map<Long, RangeSum> sums(long ranges, KeyFilter filter);

  List<HashedRow> rows(KeyFilter filter);

  /** The texts of rows, by the hash of their key; one row of a key twice is twice in the list. */
  Map<Long, List<List<String>>> texts(Set<Long> keys);
}
