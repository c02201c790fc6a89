package dev.firn.cdc.source;

import dev.firn.cdc.pgoutput.Message.Relation;
import dev.firn.cdc.pgoutput.RelationColumn;
import dev.firn.cdc.pgoutput.Tuple;
import dev.firn.cdc.source.CatalogTable.CatalogColumn;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads tables as the exported snapshot of a new slot shows them, row by row. */
public final class SnapshotSession implements AutoCloseable {

  private final SqlSession sql;
  private final PipelineConfig config;

  private SnapshotSession(SqlSession sql, PipelineConfig config) {
    this.sql = sql;
    this.config = config;
  }

  /** Takes one row of a table. */
  @FunctionalInterface
  public interface RowSink {
    void accept(Tuple row) throws IOException, InterruptedException;
  }

  /** Enters the snapshot; the session that exported it must not have done anything since. */
  public static SnapshotSession enter(
      SourceConnections connections, PipelineConfig config, String snapshot) {
    SqlSession sql = connections.sql();
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

  /** Looks the table up, and holds it so that nothing but rows can change. */
  public TableSnapshot open(SourceTable table) {
    QualifiedName name = table.name();
    sql.execute("lock " + name, "LOCK TABLE " + name + " IN ACCESS SHARE MODE");
    CatalogTable found =
        new TableCatalog(sql)
            .find(name)
            .orElseThrow(() -> new IllegalStateException("Cannot copy " + name + ": it is new"));
    refuseRewritten(name, found.oid());
    PublishedTables.Extent extent =
        new PublishedTables(sql, config.source().publication()).extent(name, found);
    ShapeReader shapes = new ShapeReader(config, sql, Map.of());
    Relation relation = relation(name, found, extent.columns());
    return new TableSnapshot(
        table,
        found.oid(),
        shapes.shape(table, relation, Optional.of(found)),
        relation.columns().size(),
        query(name, relation, extent.condition()));
  }

  /** Hands every row to the sink; memory holds one. */
  public void copy(TableSnapshot table, RowSink sink) throws IOException, InterruptedException {
    String statement = "COPY (" + table.query() + ") TO STDOUT";
    int columns = table.columnCount();
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

  // ALTER TABLE … TYPE and its like give the rows a new file that older snapshots see as empty
  // (documentation, "Caveats" of MVCC): the rows would be neither copied nor streamed.
  private void refuseRewritten(QualifiedName name, long oid) {
    String same =
        sql.text(
            "look up the file of " + name,
            "SELECT relfilenode = pg_relation_filenode(oid) FROM pg_class WHERE oid = ?",
            oid);
    if (!"t".equals(same)) {
      throw new IllegalStateException(
          "Cannot copy %s: it was rewritten while the slot was made. Start again".formatted(name));
    }
  }

  /** What the stream would say of the table, so that both give one schema document. */
  private static Relation relation(QualifiedName name, CatalogTable table, List<String> published) {
    List<RelationColumn> columns =
        table.columns().stream()
            .filter(column -> published.contains(column.name()))
            .map(column -> column(table, column))
            .toList();
    return new Relation(table.oid(), name.schema(), name.table(), table.identity(), columns);
  }

  private static RelationColumn column(CatalogTable table, CatalogColumn column) {
    return new RelationColumn(
        column.name(),
        column.typeOid(),
        column.typeModifier(),
        table.key().contains(column.name()));
  }

  private static String query(QualifiedName name, Relation relation, String condition) {
    String columns =
        relation.columns().stream()
            .map(column -> SqlText.identifier(column.name()))
            .collect(Collectors.joining(", "));
    String where = condition.isEmpty() ? "" : " WHERE " + condition;
    return "SELECT " + columns + " FROM ONLY " + name + where;
  }
}
