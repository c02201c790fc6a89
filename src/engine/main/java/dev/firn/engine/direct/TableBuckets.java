package dev.firn.engine.direct;

import dev.firn.engine.row.ChangePartitions;
import dev.firn.engine.row.FoldedChange;
import dev.firn.engine.row.KeyColumns;
import dev.firn.engine.row.KeyKind;
import dev.firn.engine.row.KeyValue;
import dev.firn.engine.row.RowShape;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.SerializableFunction;

/** Parts that each contain one or several of the table's own buckets. */
final class TableBuckets implements ChangePartitions {

  private static final long serialVersionUID = 1L;

  private static final String BUCKET = "bucket[";

  private final int buckets;
  private final int parts;
  private final KeyKind[] kinds;
  private final int column;
  private final Type type;
  private final SerializableFunction<Object, Integer> transform;

  private TableBuckets(RowShape shape, int column, int buckets, int parts) {
    this.buckets = buckets;
    this.parts = parts;
    this.kinds = new KeyColumns(shape).kinds();
    this.column = column;
    this.type = shape.schema().columns().get(shape.key()[column]).type();
    this.transform = Transforms.bucket(buckets).bind(type);
  }

  /**
   * The number of buckets of a spec; empty if the spec is anything but buckets of one key column.
   */
  static OptionalInt count(PartitionSpec spec, RowShape shape) {
    return column(spec, shape).isPresent() ? buckets(spec.fields().get(0)) : OptionalInt.empty();
  }

  /**
   * @param spec one for which {@link #count} is not empty
   * @param parts at most the number of buckets
   */
  static TableBuckets of(PartitionSpec spec, RowShape shape, int parts) {
    int buckets = count(spec, shape).orElseThrow();
    return new TableBuckets(shape, column(spec, shape).orElseThrow(), buckets, parts);
  }

  private static Optional<Integer> column(PartitionSpec spec, RowShape shape) {
    if (spec.fields().size() != 1 || buckets(spec.fields().get(0)).isEmpty()) {
      return Optional.empty();
    }
    List<NestedField> columns = shape.schema().columns();
    int[] key = shape.key();
    for (int i = 0; i < key.length; i++) {
      if (columns.get(key[i]).fieldId() == spec.fields().get(0).sourceId()) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  // Iceberg's transforms show their parameters only in their text.
  private static OptionalInt buckets(PartitionField field) {
    String text = field.transform().toString();
    return text.startsWith(BUCKET)
        ? OptionalInt.of(Integer.parseInt(text.substring(BUCKET.length(), text.length() - 1)))
        : OptionalInt.empty();
  }

  int buckets() {
    return buckets;
  }

  @Override
  public int count() {
    return parts;
  }

  @Override
  public int of(FoldedChange change) {
    return part(bucket(change.buffer(), change.keyStart()));
  }

  /** The part of a bucket. */
  int part(int bucket) {
    return bucket % parts;
  }

  /** The bucket of the key that starts here. */
  int bucket(byte[] bytes, int start) {
    return transform.apply(KeyValue.of(bytes, start, kinds, column, type));
  }
}
