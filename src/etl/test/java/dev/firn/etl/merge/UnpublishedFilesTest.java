package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.contract.Position;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.direct.MergedFiles;
import dev.firn.engine.direct.UnpublishedFiles;
import dev.firn.engine.progress.BatchId;
import dev.firn.engine.progress.SummaryKeys;
import dev.firn.engine.progress.TableProgress;
import dev.firn.engine.publish.Fence;
import dev.firn.engine.publish.FencedException;
import dev.firn.engine.publish.NextProgress;
import dev.firn.engine.publish.StaleBaseException;
import dev.firn.engine.schema.SourceSchema;
import dev.firn.engine.table.MirrorTable;
import dev.firn.engine.table.TargetTable;
import dev.firn.engine.table.Tombstones;
import dev.firn.engine.testing.FaultyOperations;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnSpark
class UnpublishedFilesTest {

  private static final Instant NOW = Instant.parse("2026-08-06T12:00:00Z");

  private final BatchId batch = BatchId.planned(NOW);
  private TestLake lake;
  private MergeScenario sales;
  private Table table;
  private String first;
  private FaultyOperations faulty;

  @BeforeEach
  void begin(TestLake empty) {
    lake = empty;
    sales = new MergeScenario(lake);
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    table = lake.catalog().load(lake.catalog().mirror(Sales.TOKEN));
    first = TableProgress.newestBatch(table).orElseThrow();
    faulty = new FaultyOperations(((BaseTable) table).operations());
  }

  @Test
  void aBatchIsOneCommitAndLeavesNoBranch() {
    int snapshots = snapshots();
    publish(staged());

    table.refresh();
    assertEquals(batch.value(), TableProgress.newestBatch(table).orElseThrow());
    assertEquals(snapshots + 1, snapshots());
    assertEquals(Set.of("main"), table.refs().keySet());
  }

  @Test
  void oneOfTwoRunsThatPlannedTheSameIsFenced() {
    UnpublishedFiles one = staged();
    sales.file(Sales.insert(11, 2, 2, "b"));
    sales.merge();
    String other = newest();

    assertThrows(FencedException.class, () -> publish(one));
    assertEquals(other, newest());
  }

  @Test
  void aBatchThatComesInBetweenTheLookAndTheCommitFencesToo() {
    UnpublishedFiles one = staged();
    faulty.beforeTheNextCommit(
        () -> {
          sales.file(Sales.insert(11, 2, 2, "b"));
          sales.merge();
        });

    assertThrows(FencedException.class, () -> publish(one));
    assertEquals(List.of("1|1|a", "2|2|b"), sales.rows());
  }

  @Test
  void aRewriteInBetweenRequiresStagingAgain() {
    UnpublishedFiles one = staged();
    faulty.beforeTheNextCommit(
        () -> lake.catalog().load(lake.catalog().mirror(Sales.TOKEN)).newAppend().commit());

    assertThrows(StaleBaseException.class, () -> publish(one));
    assertEquals(first, newest());
  }

  @Test
  void aChangeOfThePropertiesInBetweenIsNoConflict() {
    UnpublishedFiles one = staged();
    faulty.beforeTheNextCommit(
        () ->
            lake.catalog()
                .load(lake.catalog().mirror(Sales.TOKEN))
                .updateProperties()
                .set("owner", "somebody")
                .commit());
    publish(one);

    assertEquals(batch.value(), newest());
    assertEquals("somebody", table.properties().get("owner"));
  }

  @Test
  void anUnknownCommitResultIsAskedOfTheTable() {
    UnpublishedFiles one = staged();
    faulty.answerIsLostAfterTheNextCommit();
    publish(one);

    assertEquals(batch.value(), newest());
  }

  @Test
  void anUnknownCommitThatDidNotHappenIsAFailure() {
    UnpublishedFiles one = staged();
    faulty.answerIsLostBeforeTheNextCommit();

    assertThrows(CommitStateUnknownException.class, () -> publish(one));
    assertEquals(first, newest());
  }

  private UnpublishedFiles staged() {
    Table through = new BaseTable(faulty, table.name());
    Fence fence = Fence.raise(through, batch, first);
    MirrorTable target =
        TargetTable.open(
                lake.catalog(), Sales.TOKEN, List.of(SourceSchema.of(Sales.SCHEMA)), Map.of())
            .mirror();
    return new UnpublishedFiles(
        fence, MergedFiles.none(), new Tombstones(lake.catalog(), target), EventCounts.NONE);
  }

  private void publish(UnpublishedFiles commit) {
    commit.publish(
        Map.of(SummaryKeys.BATCH, batch.value()),
        new NextProgress(batch.value(), Position.NONE, Position.NONE));
  }

  private String newest() {
    table.refresh();
    return TableProgress.newestBatch(table).orElseThrow();
  }

  private int snapshots() {
    table.refresh();
    return List.copyOf((java.util.Collection<?>) table.snapshots()).size();
  }
}
