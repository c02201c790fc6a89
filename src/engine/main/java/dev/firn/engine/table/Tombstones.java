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
 * The deletes of a table, remembered: key and position, so that an older event that comes late
 * cannot bring the row back. Rows are only added; a day's partition goes as a whole when it is past
 * its time. They are written before the batch is published: a tombstone without its batch is a
 * delete that did happen, a batch without its tombstones would forget one.
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

  /** Their table; empty where nothing was ever deleted. */
  public Optional<Table> table() {
    return lake.exists(identifier)
        ? Optional.of(FutureCommits.settled(lake.load(identifier)))
        : Optional.empty();
  }

  public String sqlName() {
    return LakeCatalog.sqlName(identifier);
  }

  /** Key columns, position, when it was recorded and when it was committed, in this order. */
  public List<String> columns() {
    return Stream.of(
            target.keyColumns(),
            RowMetadata.POSITION,
            List.of(RECORDED_AT, RowMetadata.COMMITTED_AT))
        .flatMap(List::stream)
        .toList();
  }

  /**
   * @param deletes with the {@link #columns()}
   */
  public void add(Dataset<Row> deletes) {
    prepare();
    Appending.append(deletes, sqlName());
  }

  /** Adds files that are written already. */
  public void append(List<DataFile> deletes) {
    AppendFiles append = lake.load(identifier).newAppend();
    deletes.forEach(append::appendFile);
    append.commit();
  }

  /**
   * Widens the key as the table's own was, from int to bigint: the new values would not fit what
   * was made for the old ones. To be done before anything reads the tombstones.
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
   * Forgets what was recorded before the beginning of a day; a metadata commit, or none. The {@link
   * #highestBefore} has to be in the table's properties by then.
   */
  public void forget(Instant day) {
    table()
        .filter(table -> hasBefore(table, day))
        .ifPresent(table -> table.newDelete().deleteFromRowFilter(before(day)).commit());
  }

  /** The greatest position of those; {@link Position#NONE} where there are none. */
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

  /** Makes their table, or gives one of an earlier Firn the column it lacks. */
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
    // The last, as in tables that were made without it.
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
      // Another run made it first.
    }
  }
}
