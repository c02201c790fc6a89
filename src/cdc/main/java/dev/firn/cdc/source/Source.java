package dev.firn.cdc.source;

import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.Lsn;
import dev.firn.source.catalog.CatalogTable;
import dev.firn.source.catalog.PartitionCatalog;
import dev.firn.source.catalog.PublishedTables;
import dev.firn.source.catalog.Slots;
import dev.firn.source.catalog.SqlSession;
import dev.firn.source.catalog.TableCatalog;
import java.time.Instant;
import java.util.List;

/** The source with one open session for short queries, and the readers that use it. */
public final class Source implements AutoCloseable {

  private final SourceSessions sessions;
  private final SqlSession sql;
  private final SourceConfig config;

  private Source(SourceConfig config) {
    this.config = config;
    this.sessions = new SourceSessions(config);
    this.sql = sessions.brief();
  }

  public static Source open(SourceConfig config) {
    return new Source(config);
  }

  public SourceSessions sessions() {
    return sessions;
  }

  public SqlSession sql() {
    return sql;
  }

  public Slots slots() {
    return new Slots(sql, config.slot());
  }

  public StateTable state() {
    return new StateTable(sql, config.slot());
  }

  public SnapshotState snapshots() {
    return new SnapshotState(sql, config.slot());
  }

  /**
   * The names of the columns that the publication sends of a table; empty if the table is not in
   * it.
   */
  public List<String> publishedColumns(QualifiedName name, CatalogTable table) {
    return new PublishedTables(sql, config.publication())
        .find(name, table)
        .map(PublishedTables.Extent::columns)
        .orElse(List.of());
  }

  public TableCatalog catalog() {
    return new TableCatalog(sql);
  }

  public PartitionCatalog partitions() {
    return new PartitionCatalog(sql);
  }

  /** As {@code server_version_num} has it: 170011. */
  public int version() {
    return sql.version();
  }

  public Instant clock() {
    return Instant.parse(
        sql.text(
            "read the server's clock",
            "SELECT to_char(clock_timestamp(), 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')"));
  }

  /** An LSN after everything that is committed now, flushed to disk when this returns. */
  public long barrier() {
    // In a separate transaction: its commit flushes the log up to the end of a record, so that the
    // stream is sure to pass it. The current flush position may be inside a record.
    return Lsn.parse(
        sql.text("mark the end of the log", "SELECT pg_logical_emit_message(true, 'firn', '')"));
  }

  /** Whether it is read-only because it replays the log of another server. */
  public boolean isStandby() {
    return sql.text("look at the server", "SELECT pg_is_in_recovery()").equals("t");
  }

  /** Where the log ends now. */
  public long endOfLog() {
    return state().endOfLog();
  }

  public TraitsReader traits() {
    return new TraitsReader(sql, config.publication());
  }

  /** Bytes of WAL that the source has written since this LSN. */
  public long bytesSince(long lsn) {
    return Long.parseLong(
        sql.text(
            "look up the end of the log",
            "SELECT pg_wal_lsn_diff(pg_current_wal_flush_lsn(), ?::pg_lsn)::bigint",
            Lsn.format(lsn)));
  }

  @Override
  public void close() {
    sql.close();
  }
}
