package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.engine.publish.FencedException;
import dev.firn.engine.testing.AwsExtension.Emulator;
import dev.firn.engine.testing.OnEmulator;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import dev.firn.etl.merge.FaultyLake.Moment;
import java.util.Set;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.glue.model.OperationTimeoutException;

/**
 * A batch with real files whose commit is made, and the run does not learn of it: whatever it then
 * does, the table has to be read in full. And one that is certainly refused: it leaves no file.
 */
@OnSpark
@OnEmulator
class CommitFaultsTest {

  @AfterEach
  void calm() {
    Thread.interrupted();
  }

  @Test
  void noFileOfACommittedBatchIsDeletedByTheDirectEngine(TestLake lake) {
    everyFaultAfterTheCommit(FaultyLake.of(lake, FaultyLake::direct));
  }

  @Test
  void noFileOfACommittedBatchIsDeletedByTheSqlEngine(TestLake lake) {
    everyFaultAfterTheCommit(FaultyLake.of(lake, FaultyLake::sql));
  }

  @Test
  void noFileOfACommittedBatchIsDeletedByTheDirectEngineOnGlue(TestLake lake, Emulator aws) {
    everyFaultAfterTheCommit(FaultyLake.onGlue(lake, aws, FaultyLake::direct));
  }

  @Test
  void noFileOfACommittedBatchIsDeletedByTheSqlEngineOnGlue(TestLake lake, Emulator aws) {
    FaultyLake glue = FaultyLake.onGlue(lake, aws, FaultyLake::sql);
    glue.file(Sales.insert(10, 1, 1, "a"));
    glue.next(Moment.COMMITTED, CommitFaultsTest::timeOut);
    assertEquals(1, glue.merge().counts().applied());
    glue.assertRows("1|1|a");
    assertEquals(Set.of(), glue.missingFiles());
  }

  /**
   * Iceberg treats the response as a rejection, and deletes the metadata to which Glue now points.
   */
  @Test
  void anUpdateThatGlueMakesAndCallsTimedOutLeavesATableThatCanBeLoaded(
      TestLake lake, Emulator aws) {
    try (SlowGlue slow = SlowGlue.before(aws.environment().get("AWS_ENDPOINT_URL"))) {
      FaultyLake glue = FaultyLake.onGlue(lake, aws, slow.url(), FaultyLake::direct);
      glue.file(Sales.insert(10, 1, 1, "a"), Sales.insert(11, 2, 2, "b"));
      glue.merge();
      glue.file(Sales.update(20, 1, 10, "timed out"), Sales.delete(21, 2));
      glue.next(Moment.COMMITS, slow::nextUpdateTimesOut);

      assertEquals(2, glue.merge().counts().applied());
      assertTrue(slow.hasTimedOut());
      glue.assertRows("1|10|timed out");
      assertEquals(Set.of(), glue.missingFiles());
    }
  }

  private static void everyFaultAfterTheCommit(FaultyLake lake) {
    lake.file(
        Sales.insert(10, 1, 1, "a"), Sales.insert(11, 2, 2, "b"), Sales.insert(12, 9, 9, "z"));
    lake.merge();

    // The table is read, and the batch is in it.
    lake.file(Sales.update(20, 1, 10, "timed out"), Sales.insert(21, 3, 3, "c"));
    lake.next(Moment.COMMITTED, CommitFaultsTest::timeOut);
    assertEquals(2, lake.merge().counts().applied());
    lake.assertRows("1|10|timed out", "2|2|b", "3|3|c", "9|9|z");

    lake.file(Sales.update(30, 2, 20, "out of memory"), Sales.delete(31, 3));
    lake.next(Moment.COMMITTED, CommitFaultsTest::breakDown);
    assertThrows(OutOfMemoryError.class, lake::merge);
    lake.assertRows("1|10|timed out", "2|20|out of memory", "9|9|z");

    lake.file(Sales.update(40, 1, 11, "interrupted"), Sales.insert(41, 4, 4, "d"));
    lake.next(Moment.COMMITTED, CommitFaultsTest::interrupt);
    lake.mergeOrFail();
    Thread.interrupted();
    lake.assertRows("1|11|interrupted", "2|20|out of memory", "4|4|d", "9|9|z");

    lake.file(Sales.update(50, 2, 21, "not found"), Sales.delete(51, 4), Sales.delete(52, 9));
    lake.next(
        Moment.COMMITTED,
        () -> {
          lake.next(Moment.LOOKED_UP, CommitFaultsTest::lookUpFails);
          timeOut();
        });
    RuntimeException failure = assertThrows(RuntimeException.class, lake::merge);
    assertEquals("the look-up failed", failure.getSuppressed()[0].getMessage());
    lake.assertRows("1|11|interrupted", "2|21|not found");

    assertEquals(TableReport.NOTHING_DUE, lake.merge().status());
    assertEquals(Set.of(), lake.missingFiles());
  }

  @Test
  void aRefusedBatchLeavesNoFile(TestLake lake) {
    refusals(FaultyLake.of(lake, FaultyLake::direct));
  }

  @Test
  void aRefusedBatchLeavesNoFileOnGlue(TestLake lake, Emulator aws) {
    refusals(FaultyLake.onGlue(lake, aws, FaultyLake::direct));
  }

  private static void refusals(FaultyLake lake) {
    lake.file(Sales.insert(10, 1, 1, "a"), Sales.insert(11, 2, 2, "b"));
    lake.merge();

    // Before any attempt, and instead of one.
    lake.file(Sales.update(20, 1, 20, "staged"), Sales.delete(21, 5));
    lake.next(Moment.STAGED, lake::mergeByAnotherRun);
    assertThrows(FencedException.class, lake::merge);
    assertEquals(Set.of(), lake.strayFiles());
    lake.file(Sales.update(30, 1, 30, "tried"), Sales.delete(31, 6));
    lake.next(Moment.COMMITS, lake::mergeByAnotherRun);
    assertThrows(FencedException.class, lake::merge);
    assertEquals(Set.of(), lake.strayFiles());
    lake.assertRows("1|30|tried", "2|2|b");

    // Rejected until it gives up, with a pause between the attempts.
    lake.file(Sales.update(90, 2, 90, "late"));
    lake.always(
        Moment.COMMITS,
        () -> {
          throw new CommitFailedException("somebody was first");
        });
    assertThrows(CommitFailedException.class, lake::merge);
    assertEquals(Set.of(), lake.strayFiles());

    lake.calm();
    assertEquals(1, lake.merge().counts().applied());
    lake.assertRows("1|30|tried", "2|90|late");
  }

  @Test
  void aFailureWithoutAnAnswerLeavesTheFilesInPlace(TestLake test) {
    FaultyLake lake = FaultyLake.of(test, FaultyLake::direct);
    lake.file(Sales.insert(10, 1, 1, "a"));
    lake.merge();
    lake.file(Sales.update(20, 1, 2, "b"));
    lake.next(Moment.COMMITS, CommitFaultsTest::timeOut);

    assertThrows(OperationTimeoutException.class, lake::merge);
    assertTrue(lake.strayFiles().size() >= 1, "it may still arrive");
    String name = lake.strayFiles().iterator().next();
    assertTrue(name.matches(".*\\d{8}t\\d{6}z_[0-9a-f]{8}-.*"), "told by the batch's id: " + name);
    lake.merge();
    lake.assertRows("1|2|b");
  }

  // HTTP 400: Iceberg throws it unchanged, without reading the table.
  private static void timeOut() {
    throw OperationTimeoutException.builder().message("timed out").statusCode(400).build();
  }

  private static void breakDown() {
    throw new OutOfMemoryError("asked for by the test");
  }

  private static void interrupt() {
    Thread.currentThread().interrupt();
    throw new IllegalStateException("interrupted during commit");
  }

  private static void lookUpFails() {
    throw new IllegalStateException("the look-up failed");
  }
}
