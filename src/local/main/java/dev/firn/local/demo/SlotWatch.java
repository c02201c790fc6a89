package dev.firn.local.demo;

import dev.firn.local.database.DatabaseAddress;
import dev.firn.local.stage.StageProcess;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;

/** Watches the replication slot to know the progress of capture. */
final class SlotWatch implements AutoCloseable {

  private static final Duration INTERVAL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Connection connection;
  private final String slot;

  SlotWatch(DatabaseAddress address, String slot) {
    this.connection = address.connect();
    this.slot = slot;
  }

  /** Waits until capture has done its snapshot and reads the stream. */
  void awaitStreaming(StageProcess capture) throws InterruptedException {
    await("it does not stream", capture, "SELECT active FROM pg_replication_slots");
  }

  /** Waits until everything committed so far is durable in the raw zone. */
  void awaitCaughtUp(StageProcess capture) throws InterruptedException {
    String end = endOfLog();
    await(
        "it does not reach " + end,
        capture,
        "SELECT confirmed_flush_lsn >= '%s'::pg_lsn FROM pg_replication_slots".formatted(end));
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot close the connection that watches the slot", e);
    }
  }

  private void await(String failure, StageProcess capture, String condition)
      throws InterruptedException {
    Instant deadline = Instant.now().plus(PATIENCE);
    while (!holds(condition + " WHERE slot_name = ?")) {
      if (!capture.isAlive()) {
        capture.awaitSuccess();
        throw new IllegalStateException("Cannot continue the demo: capture exited by itself");
      }
      if (Instant.now().isAfter(deadline)) {
        throw new IllegalStateException(
            "Cannot continue the demo: waited %s s for capture: %s"
                .formatted(PATIENCE.toSeconds(), failure));
      }
      Thread.sleep(INTERVAL.toMillis());
    }
  }

  private boolean holds(String condition) {
    try (PreparedStatement statement = connection.prepareStatement(condition)) {
      statement.setString(1, slot);
      try (ResultSet rows = statement.executeQuery()) {
        return rows.next() && rows.getBoolean(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read the state of slot " + slot, e);
    }
  }

  private String endOfLog() {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT pg_current_wal_flush_lsn()")) {
      rows.next();
      return rows.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read the current end of the WAL", e);
    }
  }
}
