package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class HandoverTest {

  private static final long SEED = 20260805;

  @TempDir Path raw;

  @Test
  void writesDuringTheSnapshotAreInItOrFollowIt(TestDatabase database) {
    Scenario scenario =
        new Scenario(database, raw)
            .table("sales", "id int PRIMARY KEY, qty int")
            .table("log", "line text")
            .published();
    scenario.execute("ALTER TABLE log REPLICA IDENTITY FULL");
    scenario.execute("INSERT INTO sales SELECT i, 0 FROM generate_series(1, 2000) i");
    AtomicBoolean stop = new AtomicBoolean();
    CompletableFuture<Integer> one = writer(database, SEED, stop);
    CompletableFuture<Integer> two = writer(database, SEED + 1, stop);

    scenario.captureOnce();
    scenario.captureOnce();
    stop.set(true);
    int writes = one.join() + two.join();
    scenario.captureOnce();

    assertTrue(writes > 100, "seed " + SEED);
    assertTrue(scenario.events().stream().anyMatch(e -> e.operation() == Operation.UPDATE));
    assertEquals(rowsOf(scenario), folded(scenario), "seed " + SEED);
    // No key would hide a row that is both copied and streamed.
    assertEquals(
        Long.valueOf(scenario.queryText("SELECT count(*) FROM log")),
        scenario.told("log").size(),
        "seed " + SEED);
  }

  private static CompletableFuture<Integer> writer(
      TestDatabase database, long seed, AtomicBoolean stop) {
    return CompletableFuture.supplyAsync(
        () -> {
          Random random = new Random(seed);
          int writes = 0;
          try (Connection connection = database.connect();
              Statement statement = connection.createStatement()) {
            while (!stop.get()) {
              statement.execute(write(random));
              writes++;
            }
          } catch (SQLException e) {
            throw new IllegalStateException(e);
          }
          return writes;
        },
        task -> new Thread(task).start());
  }

  private static String write(Random random) {
    int id = random.nextInt(3000);
    return switch (random.nextInt(5)) {
      case 0 -> "INSERT INTO sales VALUES (%d, 1) ON CONFLICT DO NOTHING".formatted(id);
      case 1 -> "INSERT INTO log VALUES ('a')";
      case 2 -> "DELETE FROM sales WHERE id = " + id;
      default -> "UPDATE sales SET qty = qty + 1 WHERE id = " + id;
    };
  }

  private static Map<Object, Object> folded(Scenario scenario) {
    Map<Object, Object> rows = new TreeMap<>();
    for (ChangeEvent event : scenario.events()) {
      if (!event.table().value().equals("sales")) {
        continue;
      }
      Object id = event.row().key().get("id");
      if (event.operation() == Operation.DELETE) {
        rows.remove(id);
      } else {
        rows.put(id, event.row().after().get("qty"));
      }
    }
    return rows;
  }

  private static Map<Object, Object> rowsOf(Scenario scenario) {
    Map<Object, Object> rows = new TreeMap<>();
    String text = scenario.queryText("SELECT string_agg(id || '=' || qty, ',') FROM sales");
    for (String row : text.split(",", -1)) {
      String[] parts = row.split("=", -1);
      rows.put(Long.valueOf(parts[0]), Long.valueOf(parts[1]));
    }
    return rows;
  }
}
