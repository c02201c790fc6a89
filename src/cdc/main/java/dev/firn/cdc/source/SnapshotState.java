package dev.firn.cdc.source;

import dev.firn.console.OperatorException;
import dev.firn.contract.SnapshotRecord;
import dev.firn.pipeline.QualifiedName;
import dev.firn.source.Lsn;
import dev.firn.source.catalog.SqlSession;
import dev.firn.source.state.Trouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tables {@code firn.captured_table} and {@code firn.snapshot_range}: which tables are copied,
 * and which blocks of the tables that are being copied. Thread-safe.
 */
public final class SnapshotState {

  static final String TABLES =
      """
      CREATE TABLE IF NOT EXISTS firn.captured_table (
        slot text REFERENCES firn.capture ON DELETE CASCADE,
        table_schema text,
        table_name text,
        table_oid oid NOT NULL,
        PRIMARY KEY (slot, table_schema, table_name));
      ALTER TABLE firn.captured_table ADD COLUMN IF NOT EXISTS since pg_lsn NOT NULL DEFAULT '0/0';
      ALTER TABLE firn.captured_table ADD COLUMN IF NOT EXISTS complete boolean NOT NULL DEFAULT true;
      ALTER TABLE firn.captured_table ADD COLUMN IF NOT EXISTS oldest_change bigint NOT NULL DEFAULT 0;
      ALTER TABLE firn.captured_table ADD COLUMN IF NOT EXISTS traits text;
      ALTER TABLE firn.captured_table ADD COLUMN IF NOT EXISTS trouble text;
      ALTER TABLE firn.captured_table ADD COLUMN IF NOT EXISTS trouble_effect text;
      ALTER TABLE firn.captured_table ADD COLUMN IF NOT EXISTS trouble_since pg_lsn;
      CREATE TABLE IF NOT EXISTS firn.snapshot_range (
        slot text,
        table_schema text,
        table_name text,
        leaf_oid oid,
        first_block bigint,
        file_node oid NOT NULL,
        lsn pg_lsn NOT NULL,
        first_seq bigint NOT NULL,
        rows bigint NOT NULL,
        PRIMARY KEY (slot, table_schema, table_name, leaf_oid, first_block, lsn),
        FOREIGN KEY (slot, table_schema, table_name)
          REFERENCES firn.captured_table ON DELETE CASCADE)
      """;

  /**
   * Adds what tables of an older version lack, and removes nothing: the capture of another slot may
   * still run the older version and write to them.
   */
  static final String UPGRADE =
      TABLES
          + """
          ;
          ALTER TABLE firn.snapshot_range
            ADD COLUMN IF NOT EXISTS lsn pg_lsn NOT NULL DEFAULT '0/0',
            ADD COLUMN IF NOT EXISTS first_seq bigint NOT NULL DEFAULT 0,
            ADD COLUMN IF NOT EXISTS rows bigint NOT NULL DEFAULT 0;
          ALTER TABLE firn.snapshot_range
            DROP CONSTRAINT IF EXISTS snapshot_range_pkey,
            ADD PRIMARY KEY (slot, table_schema, table_name, leaf_oid, first_block, lsn)
          """;

  private static final String READING = "read the state of the snapshot";
  private static final String RECORDING = "record the state of the snapshot";

  // Through JSON, because older versions do not have these columns.
  private static final String OPTIONAL_COLUMNS =
      """
      coalesce(to_jsonb(t) ->> 'since', '0/0') AS since,
      coalesce((to_jsonb(t) ->> 'complete')::boolean, true) AS complete,
      coalesce((to_jsonb(t) ->> 'oldest_change')::bigint, 0) AS oldest_change,
      to_jsonb(t) ->> 'traits' AS traits
      """;

  private static final String OF_TABLE = " WHERE slot = ? AND table_schema = ? AND table_name = ?";

  private final SqlSession sql;
  private final String slot;

  SnapshotState(SqlSession sql, String slot) {
    this.sql = sql;
    this.slot = slot;
  }

  /** The recorded tables, also those that an older version recorded. */
  public synchronized Map<QualifiedName, CapturedTable> tables() {
    Map<QualifiedName, CapturedTable> tables = new HashMap<>();
    if (sql.text(READING, "SELECT to_regclass('firn.captured_table') IS NULL").equals("t")) {
      return tables;
    }
    sql.list(
        READING,
        "SELECT table_schema, table_name, table_oid, %s, %s FROM firn.captured_table t WHERE slot = ?"
            .formatted(OPTIONAL_COLUMNS, Trouble.COLUMNS),
        row -> tables.put(new QualifiedName(row.getString(1), row.getString(2)), table(row)),
        slot);
    return tables;
  }

  public synchronized List<FinishedRange> finished(QualifiedName table) {
    return sql.list(
        READING,
        "SELECT DISTINCT leaf_oid, first_block, file_node FROM firn.snapshot_range" + OF_TABLE,
        row -> new FinishedRange(row.getLong(1), row.getLong(2), row.getLong(3)),
        slot,
        table.schema(),
        table.table());
  }

  /** The runs of rows that the copy of the table is made of, until it is complete. */
  public synchronized List<SnapshotRecord.Run> runs(QualifiedName table) {
    return sql.list(
        READING,
        "SELECT lsn, first_seq, rows FROM firn.snapshot_range"
            + OF_TABLE
            + " ORDER BY lsn, first_seq",
        row -> new SnapshotRecord.Run(Lsn.parse(row.getString(1)), row.getLong(2), row.getLong(3)),
        slot,
        table.schema(),
        table.table());
  }

  /**
   * Starts a table's snapshot from the beginning.
   *
   * @throws OperatorException if the table is already captured under an earlier name
   */
  public synchronized void begin(QualifiedName table, CapturedTable begun) {
    tables().entrySet().stream()
        .filter(other -> other.getValue().oid() == begun.oid() && !other.getKey().equals(table))
        .findFirst()
        .ifPresent(other -> refuse(other.getKey(), table));
    forget(table);
    sql.execute(
        RECORDING,
        "INSERT INTO firn.captured_table (slot, table_schema, table_name, table_oid, since,"
            + " complete, oldest_change, traits)"
            + " VALUES (?, ?, ?, ?::oid, ?::pg_lsn, false, ?::bigint, nullif(?, ''))",
        slot,
        table.schema(),
        table.table(),
        begun.oid(),
        Lsn.format(begun.since()),
        begun.oldestChange(),
        begun.traits().map(TableTraits::text).orElse(""));
  }

  private static void refuse(QualifiedName before, QualifiedName now) {
    throw new OperatorException(
        "Cannot capture tables: two names of the same table: %s and %s".formatted(before, now),
        "Remove the old name from source.tables.");
  }

  /** Every event of the range is durable. */
  public synchronized void finish(
      QualifiedName table, FinishedRange range, SnapshotRecord.Run run) {
    sql.execute(
        RECORDING,
        "INSERT INTO firn.snapshot_range VALUES (?, ?, ?, ?::oid, ?::bigint, ?::oid,"
            + " ?::pg_lsn, ?::bigint, ?::bigint)"
            + " ON CONFLICT DO NOTHING",
        slot,
        table.schema(),
        table.table(),
        range.leaf(),
        range.firstBlock(),
        range.file(),
        Lsn.format(run.lsn()),
        run.firstSeq(),
        run.rows());
  }

  /** The table is copied completely: the records of its ranges are no longer needed. */
  public synchronized void complete(QualifiedName table) {
    sql.execute(
        RECORDING,
        "UPDATE firn.captured_table SET complete = true" + OF_TABLE,
        slot,
        table.schema(),
        table.table());
    forgetRanges(table);
  }

  /**
   * Forgets a table that is no longer captured: it will miss changes, so it needs a new snapshot.
   */
  public synchronized void forget(QualifiedName table) {
    forgetRanges(table);
    sql.execute(
        RECORDING,
        "DELETE FROM firn.captured_table" + OF_TABLE,
        slot,
        table.schema(),
        table.table());
  }

  // Not left to the foreign key: with session_replication_role = replica it deletes nothing, and a
  // remaining range would be mistaken for one of the next copy.
  private void forgetRanges(QualifiedName table) {
    sql.execute(
        RECORDING,
        "DELETE FROM firn.snapshot_range" + OF_TABLE,
        slot,
        table.schema(),
        table.table());
  }

  /** Forgets all copied blocks: a new epoch cannot continue copies of an earlier one. */
  public synchronized void forgetRanges() {
    sql.execute(RECORDING, "DELETE FROM firn.snapshot_range WHERE slot = ?", slot);
  }

  /**
   * Forgets ranges of an older version, which lack the positions of their rows: they are copied
   * again.
   */
  synchronized void forgetUnplacedRanges() {
    sql.execute(RECORDING, "DELETE FROM firn.snapshot_range WHERE slot = ? AND lsn = '0/0'", slot);
  }

  /** The table needs a decision. */
  synchronized void record(QualifiedName table, Trouble trouble) {
    sql.execute(
        RECORDING,
        "UPDATE firn.captured_table"
            + " SET trouble = ?, trouble_effect = ?, trouble_since = ?::pg_lsn"
            + OF_TABLE,
        trouble.reason(),
        trouble.effect(),
        Lsn.format(trouble.since()),
        slot,
        table.schema(),
        table.table());
  }

  /** Records the current traits: no change is missing up to now. */
  public synchronized void record(QualifiedName table, TableTraits traits) {
    sql.execute(
        RECORDING,
        "UPDATE firn.captured_table SET traits = ?" + OF_TABLE,
        traits.text(),
        slot,
        table.schema(),
        table.table());
  }

  /** The table no longer needs a decision; its traits are recorded at the next look. */
  synchronized void accept(QualifiedName table) {
    sql.execute(
        RECORDING,
        "UPDATE firn.captured_table SET traits = NULL,"
            + " trouble = NULL, trouble_effect = NULL, trouble_since = NULL"
            + OF_TABLE,
        slot,
        table.schema(),
        table.table());
  }

  private static CapturedTable table(ResultSet row) throws SQLException {
    return new CapturedTable(
        row.getLong("table_oid"),
        Lsn.parse(row.getString("since")),
        row.getBoolean("complete"),
        row.getLong("oldest_change"),
        TableTraits.parse(row.getString("traits")),
        Trouble.read(row));
  }
}
