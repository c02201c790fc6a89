package dev.firn.engine.scan;

import dev.firn.engine.row.KeyKind;
import java.io.Serializable;
import java.util.Optional;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.filter2.predicate.FilterApi;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.filter2.predicate.Statistics;
import org.apache.parquet.filter2.predicate.UserDefinedPredicate;

/**
 * Skips row groups and pages whose bounds contain no key: one binary search in the keys for each.
 * Parquet calls it with the bounds of a row group, and of each page in the column index.
 */
final class KeyPredicate<T extends Comparable<T>> extends UserDefinedPredicate<T>
    implements Serializable {

  private static final long serialVersionUID = 1L;

  private final KeySet keys;
  private final KeyKind kind;

  private KeyPredicate(KeySet keys, KeyKind kind) {
    this.keys = keys;
    this.kind = kind;
  }

  /** The predicate on a file's first key column; empty if the type has no useful bounds. */
  static Optional<FilterPredicate> on(ColumnDescriptor column, KeyKind kind, KeySet keys) {
    String path = String.join(".", column.getPath());
    return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
      case INT32 -> filter(FilterApi.intColumn(path), new KeyPredicate<>(keys, kind));
      case INT64 -> filter(FilterApi.longColumn(path), new KeyPredicate<>(keys, kind));
      case FLOAT -> filter(FilterApi.floatColumn(path), new KeyPredicate<>(keys, kind));
      case DOUBLE -> filter(FilterApi.doubleColumn(path), new KeyPredicate<>(keys, kind));
      case BINARY, FIXED_LEN_BYTE_ARRAY ->
          filter(FilterApi.binaryColumn(path), new KeyPredicate<>(keys, kind));
      case BOOLEAN, INT96 -> Optional.empty();
    };
  }

  private static <T extends Comparable<T>> Optional<FilterPredicate> filter(
      org.apache.parquet.filter2.predicate.Operators.Column<T> column, KeyPredicate<T> predicate) {
    return Optional.of(FilterApi.userDefined(column, predicate));
  }

  @Override
  public boolean keep(T value) {
    return true;
  }

  @Override
  public boolean canDrop(Statistics<T> bounds) {
    byte[] lower = KeyValues.bytes(bounds.getMin(), kind);
    // NaN is the highest key, but the bounds do not include it.
    byte[] upper =
        kind == KeyKind.DOUBLE ? KeyRange.ALL.upper() : KeyValues.bytes(bounds.getMax(), kind);
    return !keys.hasAny(new KeyRange(lower, upper));
  }

  @Override
  public boolean inverseCanDrop(Statistics<T> bounds) {
    return false;
  }
}
