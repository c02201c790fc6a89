package dev.firn.etl.verify;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** The lake's side of a table that the lake does not have. */
final class EmptySide implements Side {

  @Override
  public Map<Long, RangeSum> sums(long ranges, KeyFilter filter) {
    return Map.of();
  }

  @Override
  public List<HashedRow> rows(KeyFilter filter) {
    return List.of();
  }

  @Override
  public Map<Long, List<List<String>>> texts(Set<Long> keys) {
    return Map.of();
  }
}
