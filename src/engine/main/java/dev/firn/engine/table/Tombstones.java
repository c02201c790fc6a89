package dev.firn.engine.table;

import dev.firn.contract.Position;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.lake.RowMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Type.PrimitiveType;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.DateTimeUtil;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The tombstones of a table: key and position of each delete, so that an older event that arrives
 * late cannot bring the row back. Tombstones are only added; the partition of a day is removed as a
 * whole when its retention has passed. They are written before the batch is published: a tombstone
 * without its batch is harmless, because the delete did happen; a batch without its tombstones
 * would lose deletes.
 */
public final class Tombstones {

  public static final String RECORDED_AT = "recorded_at";

  private static final String POSITIONS = "forgotten";
  private static final String COMMITTED_AT_DOC = "when the source committed the delete";

  private final LakeCatalog lake;
  private final MirrorTable target;
  private final TableIdentifier identifier;

  public Tombstones(LakeCatalog lake, MirrorTable target) {
    this.lake = lake;
    this.target = target;
    this.identifier = lake.tombstones(target.token());
  }

  /** The table of the tombstones; empty if nothing was ever deleted. */
  public Optional<Table> table() {
    return lake.exists(identifier)
        ? Optional.of(FutureCommits.settled(lake.load(identifier)))
        : Optional.empty();
  }

  public String sqlName() {
    return LakeCatalog.sqlName(identifier);
  }

  /**
   * The columns in order: key columns, position, time of recording, time of the source's commit.
   */
  public List<String> columns() {
    return Stream.of(
            target.keyColumns(),
            RowMetadata.POSITION,
            List.of(RECORDED_AT, RowMetadata.COMMITTED_AT))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * @param deletes rows with the {@link #columns()}
   */
  public void add(Dataset<Row> deletes) {
    prepare();
    Appending.append(deletes, sqlName());
  }

  /** Adds files that are already written. */
  public void append(List<DataFile> deletes) {
    AppendFiles append = lake.load(identifier).newAppend();
    deletes.forEach(append::appendFile);
    append.commit();
  }

  /**
   * Widens the key columns as in the table, from int to bigint, because new values would not fit
   * the old type. Must be called before anything reads the tombstones.
   */
  public void widen() {
    if (target.table().schemas().size() > 1) {
      table().ifPresent(this::widen);
    }
  }

  private void widen(Table table) {
    List<String> narrow =
        target.keyColumns().stream()
            .filter(key -> !typeIn(target.table(), key).equals(typeIn(table, key)))
            .toList();
    if (!narrow.isEmpty()) {
      UpdateSchema update = table.updateSchema();
      narrow.forEach(key -> update.updateColumn(key, typeIn(target.table(), key)));
      update.commit();
    }
  }

  private static PrimitiveType typeIn(Table table, String column) {
    return table.schema().findField(column).type().asPrimitiveType();
  }

  /**
   * Removes the tombstones recorded before the beginning of a day, in at most one metadata commit.
   * {@link #highestBefore} must be in the table's properties before.
   */
  public void forget(Instant day) {
    table()
        .filter(table -> hasBefore(table, day))
        .ifPresent(table -> table.newDelete().deleteFromRowFilter(before(day)).commit());
  }

  /** The greatest position of those tombstones; {@link Position#NONE} if there are none. */
  public Position highestBefore(SparkSession spark, Instant day) {
    if (table().filter(table -> hasBefore(table, day)).isEmpty()) {
      return Position.NONE;
    }
    Row highest =
        spark
            .table(sqlName())
            .alias(POSITIONS)
            .filter(functions.col(RECORDED_AT).lt(functions.lit(day)))
            .selectExpr("max(%s) AS at".formatted(RowMetadata.positionSql(POSITIONS)))
            .selectExpr("at.*")
            .first();
    return highest.isNullAt(0) ? Position.NONE : RowMetadata.position(highest);
  }

  private static Expression before(Instant day) {
    return Expressions.lessThan(RECORDED_AT, DateTimeUtil.microsFromInstant(day));
  }

  private static boolean hasBefore(Table table, Instant day) {
    try (CloseableIterable<FileScanTask> files = table.newScan().filter(before(day)).planFiles()) {
      return files.iterator().hasNext();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list files of table " + table.name(), e);
    }
  }

  /**
   * Creates the table of the tombstones, or adds the column that is missing in one of an earlier
   * version.
   */
  public void prepare() {
    table().ifPresentOrElse(Tombstones::addCommittedAt, this::create);
  }

  private static void addCommittedAt(Table table) {
    if (table.schema().findField(RowMetadata.COMMITTED_AT) == null) {
      table
          .updateSchema()
          .addColumn(RowMetadata.COMMITTED_AT, Types.TimestampType.withZone(), COMMITTED_AT_DOC)
          .commit();
    }
  }

  private void create() {
    List<NestedField> fields = new ArrayList<>();
    for (String key : target.keyColumns()) {
      NestedField field = target.table().schema().findField(key);
      fields.add(NestedField.required(fields.size() + 1, key, field.type()));
    }
    RowMetadata.fields(fields.size() + 1).stream()
        .filter(field -> RowMetadata.POSITION.contains(field.name()))
        .forEach(fields::add);
    fields.add(
        NestedField.required(fields.size() + 1, RECORDED_AT, Types.TimestampType.withZone()));
    // The last column, as in tables that were created without it.
    fields.add(
        NestedField.optional(
            fields.size() + 1,
            RowMetadata.COMMITTED_AT,
            Types.TimestampType.withZone(),
            COMMITTED_AT_DOC));
    Schema schema = new Schema(fields);
    try {
      lake.build(identifier, schema)
          .withPartitionSpec(PartitionSpec.builderFor(schema).day(RECORDED_AT).build())
          .withProperty("format-version", "2")
          .create();
    } catch (AlreadyExistsException e) {
      // Another run created it first.
    }
  }
}
