package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceOptions;
import dev.firn.pipeline.SourceOptions.Authentication;
import dev.firn.pipeline.SourceOptions.Failover;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@OnPostgres
class ReconnectTest {

  private static final SourceOptions IMPATIENT =
      new SourceOptions(
          Authentication.PASSWORD, "", Duration.ofSeconds(1), Duration.ZERO, Failover.AUTO);

  @TempDir Path raw;
  private Scenario scenario;
  private TestProxy proxy;

  @BeforeEach
  void behindAProxy(TestDatabase database) throws IOException {
    int port = URI.create(database.url().substring("jdbc:".length())).getPort();
    proxy = new TestProxy(port);
    scenario = new Scenario(database, raw).table("sales", "id int PRIMARY KEY").published();
    scenario.captureOnce();
    scenario.through(proxy.port()).with(IMPATIENT);
  }

  @AfterEach
  void close() throws IOException {
    proxy.close();
  }

  @Test
  void aCutConnectionIsReopenedAndNothingIsLost() {
    try (Running capture = scenario.start()) {
      insertAndAwait(capture, 1);
      proxy.cut();
      scenario.execute("INSERT INTO sales VALUES (2)");
      capture.until(() -> lost() >= 2);
      proxy.heal();
      insertAndAwait(capture, 3);
    }

    assertEquals(List.of("c {id=1} {id=1}", "c {id=2} {id=2}", "c {id=3} {id=3}"), told());
  }

  @Test
  void aNetworkThatSwallowsEverythingIsNoticed() {
    try (Running capture = scenario.start()) {
      insertAndAwait(capture, 1);
      proxy.blackhole();
      scenario.execute("INSERT INTO sales VALUES (2)");
      capture.until(() -> lost() == 1);
      proxy.heal();
      insertAndAwait(capture, 3);
    }

    assertEquals(List.of("c {id=1} {id=1}", "c {id=2} {id=2}", "c {id=3} {id=3}"), told());
  }

  @Test
  void aServerThatEndsTheStreamIsConnectedToAgain() {
    try (Running capture = scenario.start()) {
      insertAndAwait(capture, 1);
      terminateStream();
      insertAndAwait(capture, 2);
    }

    assertTrue(scenario.notices().stream().anyMatch(n -> n.startsWith("connection lost: ")));
    assertEquals(List.of("c {id=1} {id=1}", "c {id=2} {id=2}"), told());
  }

  @Test
  void aStopWhileTheNetworkIsGoneIsAGoodEnd() {
    try (Running capture = scenario.start()) {
      insertAndAwait(capture, 1);
      proxy.cut();
      capture.until(() -> lost() >= 1);

      assertEquals(1, capture.stop().total());
    }
  }

  @Test
  void aSlotLostMeanwhileIsADecisionAndNoReasonToTryAgain() {
    Running capture = scenario.start();
    insertAndAwait(capture, 1);
    proxy.cut();
    capture.until(() -> lost() >= 1);
    scenario.execute("SELECT pg_drop_replication_slot('%s')".formatted(scenario.slot()));
    proxy.heal();

    CompletionException end =
        assertThrows(CompletionException.class, () -> capture.until(() -> false));

    assertEquals(DecisionException.class, end.getCause().getClass());
  }

  @Test
  void theFirstConnectionIsNotTriedAgain() {
    proxy.cut();

    assertThrows(OperatorException.class, scenario::captureOnce);
    assertEquals(0, lost());
  }

  private void insertAndAwait(Running capture, int id) {
    scenario.execute("INSERT INTO sales VALUES (%d)".formatted(id));
    String event = "c {id=%1$d} {id=%1$d}".formatted(id);
    capture.until(() -> scenario.told("sales").contains(event));
  }

  private List<String> told() {
    return scenario.told("sales").stream().distinct().toList();
  }

  private void terminateStream() {
    scenario.queryText(
        "SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots WHERE slot_name = '%s'"
            .formatted(scenario.slot()));
  }

  private long lost() {
    return scenario.notices().stream().filter(n -> n.startsWith("connection lost: ")).count();
  }
}
