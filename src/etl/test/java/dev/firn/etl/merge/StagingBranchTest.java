package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.Position;
import dev.firn.engine.progress.BatchId;
import dev.firn.engine.progress.SummaryKeys;
import dev.firn.engine.progress.TableProgress;
import dev.firn.engine.publish.FencedException;
import dev.firn.engine.publish.NextProgress;
import dev.firn.engine.publish.StagingBranch;
import dev.firn.engine.publish.StaleBaseException;
import dev.firn.engine.testing.FaultyOperations;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.Table;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnSpark
class StagingBranchTest {

  private static final Instant NOW = Instant.parse("2026-08-05T03:20:00Z");

  private Table table;
  private String first;

  @BeforeEach
  void begin(TestLake lake) {
    MergeScenario sales = new MergeScenario(lake);
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    table = lake.catalog().load(lake.catalog().mirror(Sales.TOKEN));
    first = TableProgress.newestBatch(table).orElseThrow();
  }

  @Test
  void aBatchIsSeenOnlyWhenItIsPublished() {
    BatchId batch = BatchId.planned(NOW);
    StagingBranch branch = staged(table, batch);
    assertEquals(first, TableProgress.newestBatch(table).orElseThrow());

    publish(branch);

    assertEquals(batch.value(), TableProgress.newestBatch(table).orElseThrow());
    assertEquals(Set.of("main"), table.refs().keySet());
  }

  @Test
  void oneOfTwoRunsThatPlannedTheSameIsFenced() {
    StagingBranch one = staged(table, BatchId.planned(NOW));
    StagingBranch other = staged(table, BatchId.planned(NOW));
    publish(one);
    long published = table.currentSnapshot().snapshotId();

    assertThrows(FencedException.class, () -> publish(other));
    table.refresh();
    assertEquals(published, table.currentSnapshot().snapshotId());
    assertThrows(
        FencedException.class, () -> StagingBranch.create(table, BatchId.planned(NOW), first));
  }

  @Test
  void aRewriteOfTheTableMeanwhileRequiresStagingAgain() {
    StagingBranch branch = staged(table, BatchId.planned(NOW));
    table.newAppend().set("compaction", "of another tool").commit();

    assertThrows(StaleBaseException.class, () -> publish(branch));
  }

  @Test
  void anUnknownCommitResultIsAskedOfTheTable() {
    BatchId batch = BatchId.planned(NOW);
    FaultyOperations faulty = new FaultyOperations(((BaseTable) table).operations());
    StagingBranch branch = staged(new BaseTable(faulty, table.name()), batch);

    faulty.answerIsLostAfterTheNextCommit();
    publish(branch);

    table.refresh();
    assertEquals(batch.value(), TableProgress.newestBatch(table).orElseThrow());
  }

  @Test
  void anUnknownCommitThatDidNotHappenIsAFailure() {
    FaultyOperations faulty = new FaultyOperations(((BaseTable) table).operations());
    StagingBranch branch = staged(new BaseTable(faulty, table.name()), BatchId.planned(NOW));

    faulty.answerIsLostBeforeTheNextCommit();

    assertThrows(CommitStateUnknownException.class, () -> publish(branch));
    table.refresh();
    assertEquals(first, TableProgress.newestBatch(table).orElseThrow());
  }

  @Test
  void aConflictThatIsNotOfMainIsTriedAgain() {
    BatchId batch = BatchId.planned(NOW);
    FaultyOperations faulty = new FaultyOperations(((BaseTable) table).operations());
    StagingBranch branch = staged(new BaseTable(faulty, table.name()), batch);

    faulty.nextCommitConflicts();
    publish(branch);

    table.refresh();
    assertEquals(batch.value(), TableProgress.newestBatch(table).orElseThrow());
  }

  @Test
  void aBranchThatCanStillBePublishedIsLeftWhateverTheClockSays() {
    StagingBranch slow = staged(table, BatchId.planned(NOW.minus(Duration.ofDays(3))));

    StagingBranch.removeAbandoned(table, NOW);
    publish(slow);

    table.refresh();
    assertEquals(Set.of("main"), table.refs().keySet());
  }

  @Test
  void branchesOfRunsThatDiedAreRemovedAfterADay() {
    staged(table, BatchId.planned(NOW.minus(Duration.ofHours(25))));
    StagingBranch young = staged(table, BatchId.planned(NOW));
    table.manageSnapshots().createBranch("firn_of_a_user", first()).commit();
    // Main goes past the place from which they could be published.
    table.newAppend().commit();

    StagingBranch.removeAbandoned(table, NOW);

    assertEquals(Set.of("main", young.name(), "firn_of_a_user"), table.refs().keySet());
  }

  @Test
  void aBranchThatAnotherProcessRemovedIsNamed() {
    StagingBranch branch = staged(table, BatchId.planned(NOW));
    table.manageSnapshots().removeBranch(branch.name()).commit();

    IllegalStateException failure =
        assertThrows(IllegalStateException.class, () -> branch.stamp(Map.of()));

    assertTrue(failure.getMessage().contains(branch.name()), failure.getMessage());
  }

  private static void publish(StagingBranch branch) {
    String batch = branch.name().substring("firn_".length());
    branch.publish(new NextProgress(batch, Position.NONE, Position.NONE));
  }

  private long first() {
    return table.currentSnapshot().snapshotId();
  }

  private StagingBranch staged(Table target, BatchId batch) {
    StagingBranch branch = StagingBranch.create(target, batch, first);
    branch.stamp(Map.of(SummaryKeys.BATCH, batch.value()));
    assertTrue(target.refs().containsKey(branch.name()));
    return branch;
  }
}
