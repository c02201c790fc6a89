package dev.firn.etl.verify;

import dev.firn.console.DecisionException;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.Lsn;
import dev.firn.source.SourceErrors;
import dev.firn.source.catalog.SlotStatus;
import dev.firn.source.catalog.Slots;
import dev.firn.source.catalog.SqlSession;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Waits until every change before an LSN is in the raw zone. That is so when capture has
 * acknowledged the LSN; and also when no capture is running and the slot, looked into without
 * moving it, has no change of the publication's tables before the LSN.
 */
final class CaptureWait {

  private static final int EMPTY_TRANSACTIONS_UNTIL = 14;
  private static final String OBJECT_IN_USE = "55006";

  // Messages B and C begin and commit a transaction: alone they carry nothing.
  private static final String PENDING =
      """
      SELECT EXISTS (
        SELECT FROM pg_logical_slot_peek_binary_changes(
            ?, ?::pg_lsn, ?, 'proto_version', '1', 'publication_names', ?)
        WHERE get_byte(data, 0) NOT IN (ascii('B'), ascii('C')))
      """;

  private final SqlSession sql;
  private final SourceConfig source;
  private long lookedInto = -1;

  /**
   * @param sql not in a transaction, so that it sees the slot move
   */
  CaptureWait(SqlSession sql, SourceConfig source) {
    this.sql = sql;
    this.source = source;
  }

  /**
   * @throws DecisionException when it is not so in time
   */
  void await(long lsn, Patience patience) throws InterruptedException {
    boolean there =
        patience.await(
            () -> isThere(lsn), () -> "waiting for capture: it has acknowledged " + progress(lsn));
    if (!there) {
      throw new DecisionException(
          "Cannot verify: the lake is behind: capture has acknowledged " + progress(lsn),
          "Start capture (firn capture --once moves the slot past WAL without changes too), merge"
              + " again, and verify again.");
    }
  }

  private boolean isThere(long lsn) {
    SlotStatus slot = slot();
    if (slot.confirmed() >= lsn) {
      return true;
    }
    if (slot.isActive() || slot.confirmed() == lookedInto) {
      return false;
    }
    lookedInto = slot.confirmed();
    return !hasPending(lsn);
  }

  private boolean hasPending(long lsn) {
    try (PreparedStatement statement = sql.connection().prepareStatement(PENDING)) {
      int version = sql.version() / 10_000;
      statement.setString(1, source.slot());
      statement.setString(2, Lsn.format(lsn));
      // One change is enough to know; but older servers send empty transactions too.
      statement.setObject(
          3, version <= EMPTY_TRANSACTIONS_UNTIL ? null : 1, java.sql.Types.INTEGER);
      statement.setString(4, QualifiedName.quote(source.publication()));
      ResultSet row = statement.executeQuery();
      row.next();
      return row.getBoolean(1);
    } catch (SQLException e) {
      if (OBJECT_IN_USE.equals(e.getSQLState())) {
        return true;
      }
      throw SourceErrors.working("look into replication slot " + source.slot(), e);
    }
  }

  private SlotStatus slot() {
    SlotStatus slot = new Slots(sql, source.slot()).require();
    if (slot.walStatus().equals("lost")) {
      throw new DecisionException(
          "Cannot verify: the replication slot is lost, WAL it needs was removed: " + source.slot(),
          "Changes are missing for good: run 'firn capture --resnapshot'.");
    }
    return slot;
  }

  private String progress(long lsn) {
    return Lsn.format(slot().confirmed()) + " of " + Lsn.format(lsn);
  }
}
