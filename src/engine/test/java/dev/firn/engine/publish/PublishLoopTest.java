package dev.firn.engine.publish;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.engine.progress.BatchId;
import dev.firn.engine.progress.SummaryKeys;
import dev.firn.engine.schema.MirrorSchema;
import dev.firn.engine.testing.FaultyOperations;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnSpark
class PublishLoopTest {

  private final BatchId batch = BatchId.planned(Instant.parse("2026-08-06T12:00:00Z"));
  private final List<Duration> pauses = new ArrayList<>();
  private Table table;
  private FaultyOperations faulty;
  private PublishLoop publication;

  @BeforeEach
  void begin(TestLake lake) {
    table =
        lake.catalog()
            .build(lake.catalog().mirror(Sales.TOKEN), MirrorSchema.of(Sales.SCHEMA))
            .create();
    table.newFastAppend().commit();
    faulty = new FaultyOperations(((BaseTable) table).operations());
    Fence fence = Fence.raise(new BaseTable(faulty, table.name()), batch, "");
    publication = new PublishLoop(fence, pauses::add);
  }

  @AfterEach
  void calm() {
    Thread.interrupted();
  }

  @Test
  void attemptsAreFewAndPauseLongerEachTime() {
    CommitFailedException refused =
        assertThrows(
            CommitFailedException.class,
            () ->
                publication.publish(
                    () -> {
                      throw new CommitFailedException("somebody was first");
                    }));

    assertEquals("somebody was first", refused.getMessage());
    assertEquals(PublishLoop.ATTEMPTS - 1, pauses.size());
    for (int i = 0; i < pauses.size(); i++) {
      assertTrue(pauses.get(i).toMillis() >= 100, pauses::toString);
      assertTrue(pauses.get(i).toMillis() <= 100L << i, pauses::toString);
    }
    assertTrue(publication.isRuledOut());
  }

  @Test
  void beforeAnyAttemptABatchIsRuledOut() {
    assertTrue(publication.isRuledOut());
    publication.check();
    assertTrue(publication.isRuledOut());
  }

  @Test
  void aBatchThatWasPublishedIsNot() {
    publication.publish(this::commit);

    assertTrue(publication.isPublished());
    assertFalse(publication.isRuledOut());
    assertEquals(List.of(), pauses);
  }

  @Test
  void aFaultOfTheServerIsNoRefusalThoughIcebergCallsItOne() {
    assertThrows(
        CommitFailedException.class,
        () ->
            publication.publish(
                () -> {
                  throw new CommitFailedException(
                      new IllegalStateException("503"),
                      "Cannot commit due to unexpected exception");
                }));

    assertFalse(publication.isRuledOut());
  }

  @Test
  void anotherBatchThatIsFirstRulesOutWhateverWasTriedBefore() {
    assertThrows(
        FencedException.class,
        () ->
            publication.publish(
                () -> {
                  table.newAppend().set(SummaryKeys.BATCH, "another").commit();
                  throw new CommitFailedException(new IllegalStateException("503"), "failed");
                }));

    assertTrue(publication.isRuledOut());
  }

  @Test
  void aCommitThatArrivesDuringThePauseIsFound() {
    PublishLoop late =
        new PublishLoop(
            Fence.raise(new BaseTable(faulty, table.name()), batch, ""), time -> commit());
    late.publish(
        () -> {
          throw new CommitFailedException(new IllegalStateException("503"), "failed");
        });

    assertTrue(late.isPublished());
  }

  @Test
  void anInterruptEndsThePauseAndIsKept() {
    PublishLoop interrupted =
        new PublishLoop(
            Fence.raise(new BaseTable(faulty, table.name()), batch, ""),
            time -> {
              throw new InterruptedException();
            });

    assertThrows(
        CommitFailedException.class,
        () ->
            interrupted.publish(
                () -> {
                  throw new CommitFailedException("somebody was first");
                }));
    assertTrue(Thread.currentThread().isInterrupted());
  }

  @Test
  void aFailureOfTheJavaMachineRulesNothingOut() {
    assertThrows(
        StackOverflowError.class,
        () ->
            publication.publish(
                () -> {
                  throw new StackOverflowError();
                }));

    assertFalse(publication.isRuledOut());
  }

  private void commit() {
    table.newAppend().set(SummaryKeys.BATCH, batch.value()).commit();
  }
}
