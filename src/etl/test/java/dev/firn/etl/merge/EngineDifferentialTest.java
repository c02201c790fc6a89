package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.ChangeEvent;
import dev.firn.etl.testing.RawFiles;
import dev.firn.etl.testing.SparkExtension;
import dev.firn.etl.testing.TestLake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every engine, given the same raw files, leaves what the oracle says after each batch: the same
 * rows, tombstones and counts; and at the end what the source has. A seed fixes the table, its
 * history, how it arrives and what else befalls the lake's table. More seeds: {@code
 * -Dfirn.seeds=100}; one alone: {@code -Dfirn.seed=17 -Dfirn.seeds=1}.
 */
@ExtendWith(SparkExtension.class)
class EngineDifferentialTest {

  private static final int KEYS = 24;
  private static final int CHANGES = 220;
  private static final int BATCHES = 4;

  static LongStream seeds() {
    long first = Long.getLong("firn.seed", 0);
    return LongStream.range(first, first + Integer.getInteger("firn.seeds", 3));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyEngineLeavesWhatTheRulesSay(long seed, TestLake lake) {
    Random random = new Random(seed);
    KeyShape shape = KeyShape.values()[(int) (seed % KeyShape.values().length)];
    RandomTable table = new RandomTable(shape, random);
    RandomChanges history = new RandomChanges(table, KEYS, CHANGES, random);
    Delivery delivery = Delivery.of(history.changes(), BATCHES, random);
    MergeOracle oracle = new MergeOracle(table.allNames());
    Map<String, EngineLake> engines = engines(lake, random.nextBoolean() ? "2" : "3");
    String told = "seed %d, key %s, table of %s".formatted(seed, shape, table.columns(0));

    for (int batch = 0; batch < BATCHES; batch++) {
      write(delivery, batch, table, new RawFiles(lake.raw()));
      Counts counts = oracle.merge(delivery.changes(batch));
      Upheaval upheaval = Upheaval.any(random);
      long fate = random.nextLong();
      for (Map.Entry<String, EngineLake> engine : engines.entrySet()) {
        String where = "%s engine, batch %d, %s".formatted(engine.getKey(), batch, told);
        assertEquals(counts, engine.getValue().merge().counts(), where);
        assertSame(oracle, engine.getValue(), table, where);
        upheaval.befall(engine.getValue().table(), lake.spark(), new Random(fate));
      }
    }
    assertEquals(history.rows(), oracle.rows(history.columns()), "the source, " + told);
  }

  private static void assertSame(
      MergeOracle oracle, EngineLake engine, RandomTable table, String where) {
    List<String> columns = table.allNames();
    assertEquals(lines(oracle.rows()), lines(engine.rows(columns)), "rows, " + where);
    assertEquals(oracle.tombstones(), engine.tombstones(table.keyNames()), "tombstones, " + where);
    assertEquals(oracle.truncatedAt(), engine.truncatedAt(), "truncation, " + where);
  }

  private static String lines(List<String> rows) {
    return String.join("\n", rows);
  }

  private static Map<String, EngineLake> engines(TestLake lake, String format) {
    Map<String, EngineLake> engines = new TreeMap<>();
    for (String name : EngineLake.ENGINES.keySet()) {
      engines.put(
          name,
          new EngineLake(
              name, lake.beside(name), RandomTable.TOKEN, Map.of("format-version", format)));
    }
    return engines;
  }

  private static void write(Delivery delivery, int batch, RandomTable table, RawFiles raw) {
    int newest = delivery.changes(batch).stream().mapToInt(Change::version).max().orElse(0);
    for (int version = 0; version <= newest; version++) {
      raw.schema(table.document(version));
    }
    for (List<Change> file : delivery.batches().get(batch)) {
      List<ChangeEvent> events = new ArrayList<>();
      file.forEach(change -> events.add(change.event()));
      raw.file(events);
    }
  }
}
