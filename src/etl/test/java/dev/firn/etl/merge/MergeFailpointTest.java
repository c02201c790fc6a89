package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.fault.Failpoint;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.publish.FencedException;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Merges that die at each point, and two that meet. */
@OnSpark
class MergeFailpointTest {

  private static final List<Failpoint> POINTS =
      List.of(
          Failpoint.MERGE_READ,
          Failpoint.MERGE_MANIFEST_WRITTEN,
          Failpoint.MERGE_STAGED,
          Failpoint.MERGE_TOMBSTONES_COMMITTED,
          Failpoint.MERGE_COMMITTED);

  @AfterEach
  void calm() {
    POINTS.forEach(Failpoint::disarm);
  }

  @Test
  void theDirectEngineLosesAndDoublesNothingWhereverItDies(TestLake lake) {
    dieAtEachPoint(FaultyLake.of(lake, FaultyLake::direct), POINTS);
  }

  @Test
  void theSqlEngineLosesAndDoublesNothingWhereverItDies(TestLake lake) {
    dieAtEachPoint(FaultyLake.of(lake, FaultyLake::sql), POINTS.subList(2, POINTS.size()));
  }

  private static void dieAtEachPoint(FaultyLake lake, List<Failpoint> points) {
    lake.file(Sales.insert(1, 1, 0, "first"), Sales.insert(2, 2, 0, "goes"));
    lake.merge();
    int lsn = 10;
    for (Failpoint point : points) {
      lake.file(Sales.update(lsn, 1, lsn, "new"), Sales.insert(lsn + 1, lsn, lsn, "added"));
      // Of a row that is there, and of one that never was.
      lake.file(Sales.delete(lsn + 2, lsn == 10 ? 2 : lsn - 10), Sales.delete(lsn + 3, 900 + lsn));
      lake.badFile(Sales.update(lsn, 1, 1, ""));
      point.arm(
          () -> {
            throw new StackOverflowError("asked for at " + point);
          });
      assertThrows(StackOverflowError.class, lake::merge, point::toString);
      point.disarm();
      if (point != Failpoint.MERGE_COMMITTED) {
        lake.assertRows("1|0|first", "2|0|goes");
      }
      lsn += 10;
    }
    // The last run died after its commit.
    assertEquals(TableReport.NOTHING_DUE, lake.merge().status());
    int last = lsn - 10;
    lake.assertRows("1|%d|new".formatted(last), "%d|%d|added".formatted(last, last));
    Set<String> buried = lake.tombstones();
    assertEquals(2 * points.size(), buried.size(), buried::toString);
    assertTrue(buried.contains("2@12") && buried.contains("910@13"), buried::toString);
    assertEquals(points.size(), lake.quarantine().size(), "each record once");
    assertTrue(
        lake.batches().containsAll(lake.quarantine()), "in the name of a batch that happened");
    assertEquals(Set.of(), lake.missingFiles());
  }

  @Test
  void deletesThatADyingRunRememberedAreAppliedByTheNext(TestLake test) {
    FaultyLake lake = FaultyLake.of(test, FaultyLake::direct);
    lake.file(Sales.insert(1, 1, 0, "there"), Sales.insert(2, 2, 0, "stays"));
    lake.merge();
    lake.file(Sales.delete(10, 1), Sales.delete(11, 9), Sales.insert(12, 3, 3, "new"));
    Failpoint.MERGE_TOMBSTONES_COMMITTED.arm(
        () -> {
          throw new StackOverflowError();
        });
    assertThrows(StackOverflowError.class, lake::merge);
    calm();

    // The delete of the absent row finds the tombstone that the dead run has left.
    assertEquals(new EventCounts(2, 0, 1, 0), lake.merge().counts());
    lake.assertRows("2|0|stays", "3|3|new");
    lake.file(Sales.insert(5, 1, 5, "late"), Sales.insert(6, 9, 6, "late"));
    assertEquals(new EventCounts(0, 2, 0, 0), lake.merge().counts());
  }

  @Test
  void ofTwoDirectMergesThatMeetOneIsFencedAndDeletesItsOwnFilesOnly(TestLake lake)
      throws InterruptedException {
    meet(FaultyLake.of(lake, FaultyLake::direct));
  }

  @Test
  void ofTwoSqlMergesThatMeetOneIsFenced(TestLake lake) throws InterruptedException {
    meet(FaultyLake.of(lake, FaultyLake::sql));
  }

  private static void meet(FaultyLake lake) throws InterruptedException {
    lake.file(Sales.insert(1, 1, 1, "a"), Sales.insert(2, 2, 2, "b"));
    lake.merge();
    lake.file(Sales.update(10, 1, 10, "c"), Sales.delete(11, 2), Sales.insert(12, 3, 3, "d"));
    lake.badFile(Sales.update(10, 1, 1, ""));
    CountDownLatch reached = new CountDownLatch(1);
    CountDownLatch released = new CountDownLatch(1);
    AtomicBoolean passed = new AtomicBoolean();
    Failpoint.MERGE_STAGED.arm(
        () -> {
          if (!passed.getAndSet(true)) {
            reached.countDown();
            await(released);
          }
        });
    AtomicReference<Throwable> end = new AtomicReference<>();
    Thread one = new Thread(() -> end.set(assertThrows(RuntimeException.class, lake::merge)));
    one.start();
    reached.await();
    lake.mergeByAnotherRun();
    Set<String> batches = lake.batches();
    released.countDown();
    one.join();

    assertInstanceOf(FencedException.class, end.get());
    assertEquals(batches, lake.batches());
    lake.assertRows("1|10|c", "3|3|d");
    assertEquals(Set.of(), lake.missingFiles());
    assertEquals(Set.of(), lake.strayFiles());
    assertEquals(Set.of("main"), lake.table().refs().keySet());
    assertEquals(1, lake.quarantine().size());
    assertTrue(batches.containsAll(lake.quarantine()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
