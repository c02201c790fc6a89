package dev.firn.cdc.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CommitLedgerTest {

  private static final long SEED = 20260805;

  private final CommitLedger ledger = new CommitLedger();

  @Test
  void aCommitIsDurableWhenEverythingBeforeItArrived() {
    ledger.begun(0);
    ledger.committed(3, 100);
    ledger.begun(3);
    ledger.committed(5, 200);
    assertEquals(0, ledger.safe());

    ledger.arrived(3);
    assertEquals(0, ledger.safe(), "an older batch is in flight");

    ledger.arrived(0);
    assertEquals(200, ledger.safe());
  }

  @Test
  void aCommitInsideABatchWaitsForAllOfIt() {
    ledger.begun(0);
    ledger.committed(2, 100);
    ledger.committed(4, 200);
    ledger.begun(5);
    ledger.committed(6, 300);

    ledger.arrived(0);

    assertEquals(200, ledger.safe());
  }

  @Test
  void transactionsWithoutEventsAreDurableAtOnceAndKeptInOneEntry() {
    for (int i = 1; i <= 1000; i++) {
      ledger.committed(0, i);
    }
    assertEquals(1000, ledger.safe());
  }

  @Test
  void neverAheadOfAnEventThatDidNotArriveAndCaughtUpAtTheEnd() {
    Random random = new Random(SEED);
    TreeMap<Long, Set<Long>> onTheWay = new TreeMap<>();
    List<long[]> commits = new ArrayList<>();
    long events = 0;
    for (int step = 1; step <= 5000; step++) {
      if (random.nextBoolean() || onTheWay.isEmpty()) {
        long first = events;
        ledger.begun(first);
        onTheWay.put(first, new HashSet<>());
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
          onTheWay.get(first).add(events++);
          if (random.nextInt(3) == 0) {
            commits.add(new long[] {events, step});
            ledger.committed(events, step);
          }
        }
      } else {
        List<Long> firsts = new ArrayList<>(onTheWay.keySet());
        long first = firsts.get(random.nextInt(firsts.size()));
        onTheWay.remove(first);
        ledger.arrived(first);
      }
      long missing = onTheWay.isEmpty() ? events : onTheWay.firstKey();
      long safe = ledger.safe();
      for (long[] commit : commits) {
        assertTrue(commit[1] > safe || commit[0] <= missing, "seed " + SEED + ", step " + step);
      }
    }
    onTheWay.keySet().forEach(ledger::arrived);
    assertEquals(commits.get(commits.size() - 1)[1], ledger.safe(), "seed " + SEED);
  }
}
