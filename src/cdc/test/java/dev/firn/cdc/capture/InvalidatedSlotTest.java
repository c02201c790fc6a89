package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.DecisionException;
import dev.firn.testing.RunsProcesses;
import dev.firn.testing.TestDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a server of its own, which removes log that slots need. */
@RunsProcesses
class InvalidatedSlotTest {

  private static final String NAME = "test_invalidated_slot";

  @TempDir Path raw;

  @Test
  void aSlotWhoseLogWasRemovedNeedsADecisionAndThenForgetsWhatIsGone() throws IOException {
    try (EmbeddedPostgres server =
        EmbeddedPostgres.builder()
            .setServerConfig("wal_level", "logical")
            .setServerConfig("max_slot_wal_keep_size", "1MB")
            .setServerConfig("fsync", "off")
            .start()) {
      String address = "jdbc:postgresql://localhost:" + server.getPort() + "/";
      new TestDatabase(address + "postgres").execute("CREATE DATABASE " + NAME);
      Scenario scenario =
          new Scenario(new TestDatabase(address + NAME), raw)
              .table("sales", "id int PRIMARY KEY")
              .published();
      scenario.execute("INSERT INTO sales VALUES (1), (2)");
      scenario.captureOnce();
      removeLog(scenario);

      String refusal = assertThrows(DecisionException.class, scenario::captureOnce).getMessage();

      assertTrue(refusal.contains("the server invalidated it (wal_removed)"), refusal);
      assertTrue(refusal.contains("Raise max_slot_wal_keep_size"), refusal);
      scenario.resnapshot();
      assertEquals(
          List.of("r {id=1} {id=1}", "r {id=2} {id=2}", "t", "r {id=2} {id=2}"),
          scenario.told("sales"));
    }
  }

  private static void removeLog(Scenario scenario) {
    scenario.execute("DELETE FROM sales WHERE id = 1", "CREATE TABLE other (id int)");
    for (int i = 0; i < 4; i++) {
      scenario.execute("INSERT INTO other VALUES (1)", "SELECT pg_switch_wal()", "CHECKPOINT");
    }
  }
}
