package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.ChangeEvent;
import dev.firn.etl.testing.SparkExtension;
import dev.firn.etl.testing.TestLake;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever way a history is cut into files and merges, in whatever order they come and however
 * often, the lake ends as the source did, and every event is accounted for.
 */
@ExtendWith(SparkExtension.class)
class MergeDifferentialTest {

  private static final int MERGES = 4;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4})
  void anyOrderAndAnyDuplicationLeaveTheSourcesState(long seed, TestLake lake) {
    RandomHistory history = new RandomHistory(seed, 25, 400);
    MergeScenario sales = new MergeScenario(lake);
    Random random = new Random(-seed);
    List<List<ChangeEvent>> files = files(history.events(), random);

    long written = 0;
    long counted = 0;
    for (int merge = 0; merge < MERGES; merge++) {
      int from = files.size() * merge / MERGES;
      int to = files.size() * (merge + 1) / MERGES;
      for (List<ChangeEvent> file : files.subList(from, to)) {
        sales.raw().file(file);
        written += file.size();
      }
      counted += sales.merge().counts().total();
    }

    assertEquals(history.rows(), sales.rows());
    assertEquals(written, counted);
  }

  /** Every event in one file at least, a third of them in two, all of them shuffled. */
  private static List<List<ChangeEvent>> files(List<ChangeEvent> events, Random random) {
    List<ChangeEvent> delivered = new ArrayList<>(events);
    for (ChangeEvent event : events) {
      if (random.nextInt(3) == 0) {
        delivered.add(event);
      }
    }
    Collections.shuffle(delivered, random);
    List<List<ChangeEvent>> files = new ArrayList<>();
    for (int from = 0; from < delivered.size(); from += 50) {
      files.add(delivered.subList(from, Math.min(from + 50, delivered.size())));
    }
    return files;
  }
}
