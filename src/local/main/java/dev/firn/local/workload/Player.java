package dev.firn.local.workload;

import dev.firn.local.database.DatabaseAddress;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Plays steps on a database. */
final class Player implements AutoCloseable {

  private final Connection connection;
  private final Connection other;

  Player(DatabaseAddress address) {
    this.connection = connect(address);
    this.other = connect(address);
  }

  /**
   * @throws InterruptedException between two steps
   */
  void play(List<Step> steps, Pace pace, Runnable afterEach) throws InterruptedException {
    for (Step step : steps) {
      pace.await(step.size());
      play(step);
      afterEach.run();
    }
  }

  @Override
  public void close() {
    try (connection;
        other) {
      connection.rollback();
      other.rollback();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot close the workload's connections", e);
    }
  }

  private void play(Step step) {
    try {
      if (step instanceof Step.Commit commit) {
        execute(commit.changes());
        connection.commit();
      } else if (step instanceof Step.Rollback rollback) {
        execute(rollback.changes());
        connection.rollback();
      } else if (step instanceof Step.SideBySide pair) {
        playSideBySide(pair);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot play the workload: " + step, e);
    }
  }

  private void execute(List<Change> changes) throws SQLException {
    for (Change change : changes) {
      change.execute(connection);
    }
  }

  private void playSideBySide(Step.SideBySide pair) throws SQLException {
    int turns = Math.max(pair.first().size(), pair.second().size());
    for (int turn = 0; turn < turns; turn++) {
      executeTurn(pair.first(), turn, connection);
      executeTurn(pair.second(), turn, other);
    }
    other.commit();
    connection.commit();
  }

  private static void executeTurn(List<Change> changes, int turn, Connection on)
      throws SQLException {
    if (turn < changes.size()) {
      changes.get(turn).execute(on);
    }
  }

  private static Connection connect(DatabaseAddress address) {
    Connection connection = address.connect();
    try {
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot begin a transaction: " + address, e);
    }
  }
}
