package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.TestLake;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every engine, given the same raw files, has the oracle's result after each batch: the same rows,
 * tombstones and counts; and at the end what the source has. More seeds: {@code -Dfirn.seeds=100};
 * one alone: {@code -Dfirn.seed=17 -Dfirn.seeds=1}.
 */
@OnSpark
class EngineDifferentialTest {

  static LongStream seeds() {
    long first = Long.getLong("firn.seed", 0);
    return LongStream.range(first, first + Integer.getInteger("firn.seeds", 2));
  }

  // Thousands of small Spark jobs: minutes, where other processes share the processors.
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyEngineLeavesWhatTheRulesSay(long seed, TestLake lake) {
    RandomCase chosen = new RandomCase(seed);
    Map<String, EngineLake> engines = engines(chosen, lake);
    MergeOracle oracle = new MergeOracle(chosen.table().allNames());
    for (int batch = 0; batch < chosen.batches(); batch++) {
      chosen.write(batch, new RawFiles(lake.raw()));
      EventCounts counts = oracle.merge(chosen.changes(batch));
      for (Map.Entry<String, EngineLake> engine : engines.entrySet()) {
        String where = "%s engine, batch %d, %s".formatted(engine.getKey(), batch, chosen);
        TableReport report = assertDoesNotThrow(engine.getValue()::merge, where);
        assertEquals(counts, report.counts(), where);
        assertSame(oracle, engine.getValue(), chosen.table(), where);
        chosen.befall(batch, engine.getValue());
        if (chosen.forgets(batch)) {
          engine.getValue().forget();
        }
      }
      if (chosen.forgets(batch)) {
        oracle.forget();
      }
    }
    assertAtTheSource(chosen, oracle);
  }

  // Changes that can no longer be judged are quarantined, so some rows are missing; but no deleted
  // row is in the table.
  private static void assertAtTheSource(RandomCase chosen, MergeOracle oracle) {
    if (chosen.forgets()) {
      assertTrue(chosen.history().keys().containsAll(oracle.keys()), "ghosts, " + chosen);
    } else {
      List<String> columns = chosen.history().columns();
      assertEquals(chosen.history().rows(), oracle.rows(columns), "at the source, " + chosen);
    }
  }

  private static void assertSame(
      MergeOracle oracle, EngineLake engine, RandomTable table, String where) {
    assertEquals(lines(oracle.rows()), lines(engine.rows(table.allNames())), "rows, " + where);
    assertEquals(oracle.tombstones(), engine.tombstones(table.keyNames()), "tombstones, " + where);
    assertEquals(oracle.truncatedAt(), engine.truncatedAt(), "truncation, " + where);
  }

  private static String lines(List<String> rows) {
    return String.join("\n", rows);
  }

  private static Map<String, EngineLake> engines(RandomCase chosen, TestLake lake) {
    Map<String, EngineLake> engines = new TreeMap<>();
    for (String name : EngineLake.ENGINES.keySet()) {
      engines.put(
          name, new EngineLake(name, lake.beside(name), RandomTable.TOKEN, chosen.properties()));
    }
    return engines;
  }
}
