package dev.firn.cdc.source;

import dev.firn.cdc.pgoutput.Tuple;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.SourceErrors;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.CatalogTable.CatalogColumn;
import dev.firn.source.catalog.PublishedTables;
import dev.firn.source.catalog.SqlSession;
import dev.firn.source.catalog.SqlText;
import dev.firn.source.catalog.TableCatalog;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads tables row by row in the exported snapshot of a new slot. */
public final class SnapshotSession implements AutoCloseable {

  // The table itself, or its partitions. Their names include the schema, since it is not in the
  // search path.
  private static final String LEAVES =
      """
      SELECT c.oid, c.oid::regclass::text AS name, pg_relation_filenode(c.oid) AS file,
             c.relfilenode = pg_relation_filenode(c.oid) AS same_file,
             has_table_privilege(c.oid, 'SELECT') AND NOT row_security_active(c.oid)
               AND has_schema_privilege(c.relnamespace, 'USAGE') AS readable,
             pg_relation_size(c.oid) / current_setting('block_size')::int AS blocks
      FROM pg_class c
      WHERE c.relkind = 'r'
        AND (c.oid = ? OR c.oid IN (SELECT relid FROM pg_partition_tree(?::oid::regclass)))
      ORDER BY c.oid
      """;

  private final SqlSession sql;
  private final PipelineConfig config;

  private SnapshotSession(SqlSession sql, PipelineConfig config) {
    this.sql = sql;
    this.config = config;
  }

  /** Receives one row of a table. */
  @FunctionalInterface
  public interface RowSink {
    void accept(Tuple row) throws IOException, InterruptedException;
  }

  /** Enters the snapshot; the session that exported it must not have run a command since. */
  public static SnapshotSession enter(
      SourceSessions sessions, PipelineConfig config, String snapshot) {
    SqlSession sql = sessions.sql();
    String doing = "enter the snapshot of the slot";
    try {
      sql.execute(doing, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
      sql.execute(doing, "SET TRANSACTION SNAPSHOT " + SqlText.literal(snapshot));
      return new SnapshotSession(sql, config);
    } catch (RuntimeException e) {
      sql.close();
      throw e;
    }
  }

  public Instant clock() {
    String micros =
        sql.text(
            "read the server's clock",
            "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint");
    return Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS);
  }

  /** Looks the table up, and locks it so that only its rows can change. */
  public TableSnapshot open(SourceTable table) {
    QualifiedName name = table.name();
    sql.execute("lock " + name, "LOCK TABLE " + name + " IN ACCESS SHARE MODE");
    CatalogTable found =
        new TableCatalog(sql)
            .find(name)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "Cannot copy " + name + ": it is newer than the snapshot"));
    refuseRewritten(name, found.oid());
    PublishedTables.Extent extent =
        new PublishedTables(sql, config.source().publication()).extent(name, found);
    ShapeReader shapes = new ShapeReader(config, sql);
    return new TableSnapshot(
        table,
        found.oid(),
        shapes.current(table, found, extent.columns()),
        found.columns().stream()
            .map(CatalogColumn::name)
            .filter(extent.columns()::contains)
            .toList(),
        extent.condition());
  }

  /** The parts that contain the rows of the table: itself, or its partitions by OID. */
  public List<Part> parts(TableSnapshot table) {
    List<Part.Leaf> leaves =
        sql.list(
            "look up the partitions of " + table.table().name(),
            LEAVES,
            SnapshotSession::leaf,
            table.oid(),
            table.oid());
    return Part.of(table, leaves);
  }

  private static Part.Leaf leaf(ResultSet row) throws SQLException {
    return new Part.Leaf(
        row.getLong("oid"),
        row.getString("name"),
        row.getLong("file"),
        row.getLong("blocks"),
        row.getBoolean("readable"));
  }

  /** The traits of the table at the snapshot, to be compared later. */
  public Optional<TableTraits> traits(TableSnapshot table) {
    QualifiedName name = table.table().name();
    Map<QualifiedName, SeenTable> seen =
        new TraitsReader(sql, config.source().publication()).read(Map.of(name, table.oid()));
    return Optional.ofNullable(seen.get(name)).map(SeenTable::traits);
  }

  /** The oldest transaction that this snapshot may not show. */
  public long oldestChange() {
    return Long.parseLong(
        sql.text(
            "read the snapshot's horizon",
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint & 4294967295"));
  }

  /**
   * Passes the rows of a range to the sink, one at a time.
   *
   * @param rows an SQL condition that selects the rows of the part; empty for all
   */
  public void copy(TableSnapshot table, Part part, String rows, RowSink sink)
      throws IOException, InterruptedException {
    String statement = "COPY (" + table.query(part, rows) + ") TO STDOUT";
    int columns = table.columns().size();
    try {
      CopyOut copy = sql.connection().unwrap(PGConnection.class).getCopyAPI().copyOut(statement);
      for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
        sink.accept(CopyLine.read(line, columns));
      }
    } catch (SQLException e) {
      throw SourceErrors.working("copy " + table.table().name(), e);
    }
  }

  @Override
  public void close() {
    sql.close();
  }

  // ALTER TABLE … TYPE and similar commands write the rows to a new file, which is empty for older
  // snapshots (documentation, "Caveats" of MVCC): the rows would be neither copied nor streamed.
  private void refuseRewritten(QualifiedName name, long oid) {
    String doing = "look up the files of " + name;
    boolean same =
        sql.list(doing, LEAVES, row -> row.getBoolean("same_file"), oid, oid).stream()
            .allMatch(Boolean::booleanValue);
    if (!same) {
      throw new IllegalStateException(
          "Cannot copy %s: it was rewritten while the slot was created. Start capture again"
              .formatted(name));
    }
  }
}
