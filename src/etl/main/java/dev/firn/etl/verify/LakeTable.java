package dev.firn.etl.verify;

import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.schema.LakeColumns;
import dev.firn.engine.table.MirrorTable;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * A mirrored table at its current snapshot, which stays the same for the whole comparison, whatever
 * is merged meanwhile.
 */
final class LakeTable {

  private final Schema schema;
  private final Dataset<Row> rows;
  private final Optional<Dataset<Row>> tombstones;

  private LakeTable(Schema schema, Dataset<Row> rows, Optional<Dataset<Row>> tombstones) {
    this.schema = schema;
    this.rows = rows;
    this.tombstones = tombstones;
  }

  /** Empty when nothing was ever merged into the table. */
  static Optional<LakeTable> open(SparkSession spark, LakeCatalog lake, TableToken token) {
    return MirrorTable.find(lake, token).map(mirror -> pinned(spark, lake, mirror));
  }

  private static LakeTable pinned(SparkSession spark, LakeCatalog lake, MirrorTable mirror) {
    Dataset<Row> rows = pinned(spark, mirror.table(), lake.mirror(mirror.token()));
    // Read after the table: every delete in the table has its tombstone by now.
    TableIdentifier deleted = lake.tombstones(mirror.token());
    Optional<Dataset<Row>> tombstones =
        lake.exists(deleted)
            ? Optional.of(pinned(spark, lake.load(deleted), deleted))
            : Optional.empty();
    return new LakeTable(mirror.table().schema(), rows, tombstones);
  }

  private static Dataset<Row> pinned(SparkSession spark, Table table, TableIdentifier identifier) {
    String name = LakeCatalog.sqlName(identifier);
    return table.currentSnapshot() == null
        ? spark.table(name)
        : spark.sql(
            "SELECT * FROM %s VERSION AS OF %s"
                .formatted(name, table.currentSnapshot().snapshotId()));
  }

  boolean isChangeLog() {
    return RowMetadata.isChangeLog(schema);
  }

  Set<String> key() {
    return schema.identifierFieldNames();
  }

  /**
   * The same table with the source's names for columns that differ from the lake's only in case: a
   * column renamed that way keeps its old name in the lake. If the source also has a column with
   * the lake's name, the other column is not in the lake.
   */
  LakeTable spelledAs(List<SourceColumn> columns) {
    Set<String> names = columns.stream().map(SourceColumn::name).collect(Collectors.toSet());
    LakeTable table = this;
    for (SourceColumn column : columns) {
      String name =
          LakeColumns.find(schema, column.name()).map(NestedField::name).orElse(column.name());
      if (!names.contains(name)) {
        table = table.renamed(name, column.name());
      }
    }
    return table;
  }

  private LakeTable renamed(String from, String to) {
    List<NestedField> fields =
        schema.columns().stream()
            .map(f -> f.name().equals(from) ? NestedField.from(f).withName(to).build() : f)
            .toList();
    return new LakeTable(
        new Schema(fields, schema.identifierFieldIds()),
        rows.withColumnRenamed(from, to),
        tombstones.map(deleted -> deleted.withColumnRenamed(from, to)));
  }

  /** How the lake stores a column; empty when the lake does not have the column. */
  Optional<NestedField> column(String name) {
    return Optional.ofNullable(schema.findField(name));
  }

  Side side(List<SourceColumn> columns) {
    Dataset<Row> selected = selected(columns);
    return new LakeSide(selected.javaRDD(), texts(columns, selected));
  }

  ChangedSince changedSince(List<SourceColumn> key) {
    return new ChangedSince(rows, tombstones, key);
  }

  private Dataset<Row> selected(List<SourceColumn> columns) {
    List<String> there = Arrays.asList(rows.columns());
    return rows.select(
        columns.stream()
            .filter(column -> there.contains(column.name()))
            .map(column -> functions.col(LakeCatalog.quote(column.name())))
            .toArray(org.apache.spark.sql.Column[]::new));
  }

  private RowTexts texts(List<SourceColumn> columns, Dataset<Row> selected) {
    List<String> names = columns.stream().map(SourceColumn::name).toList();
    return new RowTexts(
        columns.stream().map(this::text).toList(),
        names.stream().map(Arrays.asList(selected.columns())::indexOf).toList(),
        key().stream().sorted().map(names::indexOf).toList());
  }

  // Read by the type in the lake, which is the type of the values.
  private ValueText text(SourceColumn column) {
    return column(column.name()).map(field -> ValueText.of(field.type())).orElse(column.text());
  }
}
