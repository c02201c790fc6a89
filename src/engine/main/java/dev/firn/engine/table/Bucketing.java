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
 * The buckets of a table's new files: {@code bucket(count, column)}, or no buckets yet. Any other
 * partitioning was made by the user, and is not a bucketing.
 *
 * @param column a column of the key
 * @param count 0 for an unpartitioned table
 */
public record Bucketing(String column, int count) {

  /** The text of the transform, as defined by the table specification. */
  private static final Pattern BUCKET = Pattern.compile("bucket\\[(\\d+)]");

  /**
   * The present bucketing of a table. Iceberg buckets by one column: of a key with several columns
   * it is the first with a supported type, unless the table is already bucketed by another one.
   *
   * @param key the columns of the key
   * @return empty if the table has another partitioning, or its key cannot be bucketed
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

  /** Changes the number of buckets for files written from now on. */
  Bucketing apply(Table table, int buckets) {
    UpdatePartitionSpec update = table.updateSpec();
    fields(table).forEach(field -> update.removeField(field.name()));
    if (buckets > 0) {
      update.addField(Expressions.bucket(column, buckets));
    }
    update.commit();
    return new Bucketing(column, buckets);
  }

  // Format 1 keeps a void field for a removed one.
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
