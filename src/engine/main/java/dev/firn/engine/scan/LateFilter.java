package dev.firn.engine.scan;

import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterPredicate;

/**
 * A filter that is set after the file was opened: only the file's footer has the name and the
 * physical type of its key column. Until then the filter accepts everything.
 */
final class LateFilter implements FilterCompat.Filter {

  private FilterCompat.Filter filter = FilterCompat.NOOP;

  void become(FilterPredicate predicate) {
    filter = FilterCompat.get(predicate);
  }

  FilterCompat.Filter filter() {
    return filter;
  }

  @Override
  public <R> R accept(FilterCompat.Visitor<R> visitor) {
    return filter.accept(visitor);
  }
}
