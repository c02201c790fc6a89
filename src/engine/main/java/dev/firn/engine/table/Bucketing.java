package dev.firn.engine.table;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.iceberg.PartitionField;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.transforms.Transforms;

/**
 * The buckets that the newer files of a table are spread over: {@code bucket(count, column)}, or
 * none of them yet. Any other partitioning is the user's, and is no bucketing.
 *
 * @param column of the key
 * @param count 0 for an unpartitioned table
 */
public record Bucketing(String column, int count) {

  /** The table specification's own text of the transform. */
  private static final Pattern BUCKET = Pattern.compile("bucket\\[(\\d+)]");

  /**
   * What a table has now. Iceberg's bucket takes one column: of a key of several the first that has
   * a type it can take, unless the table is bucketed by another of them already.
   *
   * @param key its columns
   * @return empty where the table is partitioned in another way, or its key cannot be bucketed
   */
  public static Optional<Bucketing> of(Table table, List<String> key) {
    List<PartitionField> fields = fields(table);
    if (fields.isEmpty()) {
      return key.stream()
          .filter(column -> isBucketable(table, column))
          .map(column -> new Bucketing(column, 0))
          .findFirst();
    }
    String column = table.schema().findColumnName(fields.get(0).sourceId());
    Matcher bucket = BUCKET.matcher(fields.get(0).transform().toString());
    return fields.size() == 1 && key.contains(column) && bucket.matches()
        ? Optional.of(new Bucketing(column, Integer.parseInt(bucket.group(1))))
        : Optional.empty();
  }

  /** The same column over another number of buckets, for the files written from now on. */
  Bucketing apply(Table table, int buckets) {
    UpdatePartitionSpec update = table.updateSpec();
    fields(table).forEach(field -> update.removeField(field.name()));
    if (buckets > 0) {
      update.addField(Expressions.bucket(column, buckets));
    }
    update.commit();
    return new Bucketing(column, buckets);
  }

  // Format 1 leaves a void field where one was removed.
  private static List<PartitionField> fields(Table table) {
    return table.spec().fields().stream().filter(field -> !field.transform().isVoid()).toList();
  }

  private static boolean isBucketable(Table table, String column) {
    return Transforms.bucket(2).canTransform(table.schema().findType(column));
  }

  @Override
  public String toString() {
    return count == 0 ? "no buckets" : "bucket(%s, %s)".formatted(count, column);
  }
}
