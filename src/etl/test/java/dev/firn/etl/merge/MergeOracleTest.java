package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The oracle is right by itself: it costs nothing to try it on many histories. */
class MergeOracleTest {

  static LongStream seeds() {
    return LongStream.range(0, 200);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyArrivalEndsAsTheSourceDid(long seed) {
    RandomCase chosen = new RandomCase(seed);
    MergeOracle oracle = new MergeOracle(chosen.table().allNames());
    for (int batch = 0; batch < chosen.batches(); batch++) {
      List<Change> changes = chosen.changes(batch);
      assertEquals(changes.size(), oracle.merge(changes).total(), chosen.toString());
    }
    List<String> columns = chosen.history().columns();
    assertEquals(chosen.history().rows(), oracle.rows(columns), chosen.toString());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whoeverForgetsBringsNoDeletedRowBack(long seed) {
    RandomCase chosen = new RandomCase(seed);
    MergeOracle oracle = new MergeOracle(chosen.table().allNames());
    for (int batch = 0; batch < chosen.batches(); batch++) {
      List<Change> changes = chosen.changes(batch);
      assertEquals(changes.size(), oracle.merge(changes).total(), chosen.toString());
      oracle.forget();
    }
    assertTrue(chosen.history().keys().containsAll(oracle.keys()), chosen.toString());
  }

  @Test
  void whatWasMergedIsKnown() {
    RandomCase chosen = new RandomCase(0);
    MergeOracle oracle = new MergeOracle(chosen.table().allNames());
    List<Change> all = chosen.history().changes();
    oracle.merge(all);
    List<String> rows = oracle.rows();

    assertEquals(0, oracle.merge(all).applied());
    assertEquals(rows, oracle.rows());
  }
}
