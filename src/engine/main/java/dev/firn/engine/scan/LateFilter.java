package dev.firn.engine.scan;

import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterPredicate;

/**
 * A filter that is told after the file was opened: only its footer says what the key column is
 * called in it, and of which physical type it is. Until then it lets everything pass.
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
