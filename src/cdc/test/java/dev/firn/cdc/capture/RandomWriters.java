package dev.firn.cdc.capture;

import dev.firn.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Several sessions that change the odd tables at one time, each by a seed of its own. */
final class RandomWriters {

  private static final int WRITERS = 3;

  private final TestDatabase database;

  RandomWriters(TestDatabase database) {
    this.database = database;
  }

  /** Returns when all have committed, or rolled back, so many transactions. */
  void write(long seed, int transactions) {
    List<CompletableFuture<Void>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(seed * WRITERS + i);
      writers.add(
          CompletableFuture.runAsync(
              () -> write(random, transactions), task -> new Thread(task, "writer").start()));
    }
    writers.forEach(CompletableFuture::join);
  }

  private void write(Random random, int transactions) {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      for (int i = 0; i < transactions; i++) {
        transaction(connection, random);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot write: " + e.getMessage(), e);
    }
  }

  private static void transaction(Connection connection, Random random) throws SQLException {
    int statements = 1 + random.nextInt(8);
    try (Statement statement = connection.createStatement()) {
      for (int i = 0; i < statements; i++) {
        OddTable table = OddTable.ALL.get(random.nextInt(OddTable.ALL.size()));
        Savepoint before = connection.setSavepoint();
        statement.execute(table.change(random));
        if (random.nextInt(10) == 0) {
          connection.rollback(before);
        }
      }
      if (random.nextInt(10) == 0) {
        connection.rollback();
      } else {
        connection.commit();
      }
    } catch (SQLException e) {
      // A key that is taken, or a deadlock: what an application meets too.
      connection.rollback();
    }
  }
}
