package dev.firn.cdc.source;

import dev.firn.contract.Clocks;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.Lsn;
import dev.firn.source.SourceErrors;
import dev.firn.source.catalog.Slots;
import dev.firn.source.catalog.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.postgresql.PGConnection;
import org.postgresql.replication.LogSequenceNumber;
import org.postgresql.replication.PGReplicationStream;

/** A connection that speaks the streaming replication protocol. */
public final class ReplicationSession implements AutoCloseable {

  private static final int STATUS_SECONDS = 2;

  private final Connection connection;
  private final SourceConfig source;

  ReplicationSession(Connection connection, SourceConfig source) {
    this.connection = connection;
    this.source = source;
  }

  /** Identifies the database cluster and its timeline. */
  public SystemIdentity identity() {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("IDENTIFY_SYSTEM")) {
      row.next();
      return new SystemIdentity(
          row.getString("systemid"), row.getInt("timeline"), row.getString("dbname"));
    } catch (SQLException e) {
      throw SourceErrors.working("identify the source", e);
    }
  }

  /** The history of a timeline of the server. */
  public TimelineHistory history(int timeline) {
    if (timeline <= 1) {
      return TimelineHistory.NONE;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("TIMELINE_HISTORY " + timeline)) {
      row.next();
      return TimelineHistory.parse(row.getString(2));
    } catch (SQLException e) {
      throw SourceErrors.working("read the history of timeline " + timeline, e);
    }
  }

  /**
   * Creates the slot, and exports the snapshot that shows exactly what was committed before its
   * consistent point. Other sessions can use the snapshot until this session runs another command.
   *
   * @param kind with the options that the server's version supports
   */
  public CreatedSlot createSlot(SlotKind kind) {
    return create(SqlText.quotedIdentifier(source.slot()) + " LOGICAL pgoutput " + kind.options());
  }

  /**
   * Creates a temporary slot, which this session's end drops, for the snapshot that it exports: of
   * tables that are added after the slot of the capture was created. Waits for all open
   * transactions to finish.
   */
  public CreatedSlot createPassingSlot() {
    String name = source.slot().substring(0, Math.min(source.slot().length(), 40));
    return create(
        SqlText.quotedIdentifier(name + "_copy_" + Long.toHexString(System.nanoTime()))
            + " TEMPORARY LOGICAL pgoutput EXPORT_SNAPSHOT");
  }

  private CreatedSlot create(String slot) {
    String sql = "CREATE_REPLICATION_SLOT " + slot;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return new CreatedSlot(
          Lsn.parse(row.getString("consistent_point")), row.getString("snapshot_name"));
    } catch (SQLException e) {
      throw SourceErrors.working("create replication slot " + source.slot(), e);
    }
  }

  /**
   * Streams from the LSN up to which the slot was last acknowledged.
   *
   * @param acknowledged that LSN
   * @param slots used in another session to check that the server still streams
   */
  public ChangeStream stream(long acknowledged, AcknowledgementLimit limit, Slots slots) {
    Duration timeout = source.options().timeout();
    try {
      // Not earlier: creating a slot waits until every open transaction has finished.
      connection.setNetworkTimeout(Runnable::run, Math.toIntExact(timeout.toMillis()));
      PGReplicationStream stream =
          connection
              .unwrap(PGConnection.class)
              .getReplicationAPI()
              .replicationStream()
              .logical()
              // The driver puts names and options into its command without quoting them.
              .withSlotName(SqlText.quotedIdentifier(source.slot()))
              .withSlotOption("proto_version", "1")
              .withSlotOption("publication_names", publicationNames())
              .withStartPosition(LogSequenceNumber.valueOf(acknowledged))
              .withStatusInterval(STATUS_SECONDS, TimeUnit.SECONDS)
              // If on, the driver acknowledges on a keepalive: it compares the LSN of the last
              // message, which is not ascending across transactions, and so loses data.
              .withAutomaticFlush(false)
              .start();
      int pid = connection.unwrap(PGConnection.class).getBackendPID();
      StreamWatch watch = new StreamWatch(slots, pid, timeout.dividedBy(2), Clocks.SYSTEM);
      return new ChangeStream(stream, acknowledged, limit, watch);
    } catch (SQLException e) {
      throw SourceErrors.working("stream from replication slot " + source.slot(), e);
    }
  }

  // A list of identifiers inside a string literal.
  private String publicationNames() {
    return SqlText.quotedIdentifier(source.publication()).replace("'", "''");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It broke before: there is nothing left to close.
    }
  }
}
