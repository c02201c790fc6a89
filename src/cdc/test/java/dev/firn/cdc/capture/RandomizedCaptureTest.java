package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import dev.firn.testing.kinesis.FakeKinesis;
import dev.firn.testing.kinesis.KinesisFaults;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Sessions write at random into odd tables while a capture comes, is killed and comes again, and
 * the stream refuses, loses its answers and shuffles. However what arrived is permuted and doubled,
 * the fold of it is what PostgreSQL has.
 */
@OnPostgres
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomizedCaptureTest {

  private static final int RECORD_BYTES = 5000;

  private FakeKinesis kinesis;
  private final List<String> wrongByArrival = new ArrayList<>();
  private final List<String> wrongByLsn = new ArrayList<>();

  static List<Long> seeds() {
    List<Long> seeds = new ArrayList<>();
    long first = Long.getLong("firn.seed", 20260805);
    for (int i = 0; i < Integer.getInteger("firn.seeds", 20); i++) {
      seeds.add(first + i);
    }
    return seeds;
  }

  @BeforeAll
  void startStream() {
    kinesis = FakeKinesis.start();
  }

  @AfterAll
  void stopStream() {
    kinesis.close();
    assertTrue(
        !wrongByArrival.isEmpty() && !wrongByLsn.isEmpty(),
        "No seed told the right order from a wrong one: the test proves nothing");
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theFoldOfAllEventsIsTheSource(long seed, TestDatabase database, @TempDir Path raw) {
    Scenario scenario = new Scenario(database, raw);
    for (OddTable table : OddTable.ALL) {
      table.setup().forEach(scenario::execute);
      scenario.captured(table.name(), table.token());
    }
    scenario.published().into(kinesis, RECORD_BYTES);
    RandomWriters writers = new RandomWriters(database);
    writers.write(seed, 10);
    kinesis.faults().clear();
    kinesis.faults().shuffle(seed);
    scenario.captureOnce();

    captureAndKill(scenario, writers, seed + 1);
    kinesis.faults().clear();
    kinesis.faults().shuffle(seed);
    kinesis.faults().refuseEvery(3);
    kinesis.faults().loseResponse(KinesisFaults.PUT_RECORDS, 2);
    kinesis.faults().failInternally(KinesisFaults.PUT_RECORDS, 1);
    writers.write(seed + 2, 15);
    scenario.captureOnce();
    kinesis.faults().clear();

    List<ChangeEvent> arrivals = permutedAndDoubled(scenario.arrivals(), new Random(seed));
    assertEquals(Map.of(), differences(database, Fold.BY_POSITION, arrivals), "seed " + seed);
    differences(database, Fold.BY_ARRIVAL, arrivals).keySet().forEach(wrongByArrival::add);
    differences(database, Fold.BY_LSN_ALONE, arrivals).keySet().forEach(wrongByLsn::add);
  }

  @Test
  void seedsArePrinted() {
    assertEquals(Integer.getInteger("firn.seeds", 20), seeds().size(), seeds().toString());
  }

  // All that it reads is refused: it must not acknowledge any of it before it dies.
  private void captureAndKill(Scenario scenario, RandomWriters writers, long seed) {
    try (Running capture = scenario.start()) {
      capture.until(() -> scenario.slotIs("active"));
      kinesis.faults().throttle();
      int requests = kinesis.requests(KinesisFaults.PUT_RECORDS);
      writers.write(seed, 15);
      capture.until(() -> kinesis.requests(KinesisFaults.PUT_RECORDS) > requests + 2);
      capture.kill();
    }
  }

  private static List<ChangeEvent> permutedAndDoubled(List<ChangeEvent> events, Random random) {
    List<ChangeEvent> arrivals = new ArrayList<>(events);
    for (ChangeEvent event : events) {
      if (random.nextInt(4) == 0) {
        arrivals.add(event);
      }
    }
    Collections.shuffle(arrivals, random);
    return arrivals;
  }

  /** The number of different rows by table, where there are any. */
  private static Map<String, Long> differences(
      TestDatabase database, Fold fold, List<ChangeEvent> arrivals) {
    SourceRows source = new SourceRows(database);
    Map<String, Long> differences = new LinkedHashMap<>();
    for (OddTable table : OddTable.ALL) {
      long different =
          source.differences(table.name(), fold.rows(table.token(), arrivals).values());
      if (different > 0) {
        differences.put(table.name(), different);
      }
    }
    return differences;
  }
}
