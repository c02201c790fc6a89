package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.engine.progress.BatchHistory;
import dev.firn.engine.progress.BatchManifest;
import dev.firn.engine.progress.ManifestRetention;
import dev.firn.engine.progress.ManifestStore;
import dev.firn.engine.table.MirrorTable;
import dev.firn.engine.table.TargetTable;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@OnSpark
class ManifestRetentionTest {

  /** So many hours are moved out of the manifests once they are before the look-back. */
  private static final int A_DAY = 24;

  private TestLake lake;
  private RawFiles raw;
  private EngineLake sales;

  @BeforeEach
  void begin(TestLake empty) {
    lake = empty;
    raw = new RawFiles(empty.raw());
    raw.schema(Sales.SCHEMA);
    sales = new EngineLake("direct", empty, Sales.TOKEN, Map.of());
  }

  @Test
  void manifestsAreRemovedUnlessTheTableOrASnapshotOfItNamesThem() {
    String expired = batch(Sales.HOUR);
    List<String> kept = new ArrayList<>();
    long first = snapshot();
    for (int i = 2; i <= 5; i++) {
      kept.add(batch(Sales.HOUR));
    }
    sales.table().expireSnapshots().expireSnapshotId(first).commit();

    removeAllThatAreOld();

    assertTrue(manifests().read(expired).isEmpty());
    kept.forEach(batch -> assertTrue(manifests().read(batch).isPresent()));
  }

  @Test
  void whatWasReadOfOldHoursIsKnownAfterARollbackToAnySnapshotThatIsThere() {
    files(Sales.HOUR.minus(Duration.ofDays(20)), A_DAY);
    batch(Sales.HOUR);
    String moving = batch(Sales.HOUR.plus(Duration.ofHours(1)));
    long second = snapshot();
    batch(Sales.HOUR.plus(Duration.ofHours(2)));
    long third = snapshot();
    files(Sales.HOUR.plus(Duration.ofHours(3)), A_DAY);
    batch(Sales.HOUR.plus(Duration.ofDays(40)));
    long fourth = snapshot();
    String movingAgain = batch(Sales.HOUR.plus(Duration.ofDays(40)));
    assertEquals(moving, older(third), "the batch with the old hours of the third");
    assertEquals(movingAgain, older(snapshot()));
    sales.table().expireSnapshots().expireSnapshotId(second).expireSnapshotId(fourth).commit();

    removeAllThatAreOld();
    sales.table().manageSnapshots().setCurrentSnapshot(third).commit();

    assertEquals(A_DAY + 2, sales.merge().files(), "those of the fourth and the fifth batch");
  }

  private void files(Instant first, int hours) {
    for (int hour = 0; hour < hours; hour++) {
      raw.file(Sales.insert(10, 1, 1, "a"), first.plus(Duration.ofHours(hour)));
    }
  }

  /** Merges all files and one more, which is in the folder of this hour. */
  private String batch(Instant hour) {
    files(hour, 1);
    sales.merge();
    return BatchHistory.of(sales.table()).batch();
  }

  private long snapshot() {
    return sales.table().currentSnapshot().snapshotId();
  }

  private String older(long snapshot) {
    String batch = BatchHistory.named(sales.table().snapshot(snapshot));
    return manifests().read(batch).orElseThrow().older();
  }

  private void removeAllThatAreOld() {
    BatchManifest newest = manifests().read(BatchHistory.of(sales.table()).batch()).orElseThrow();
    MirrorTable target =
        TargetTable.open(lake.catalog(), Sales.TOKEN, List.of(), Map.of()).mirror();
    new ManifestRetention(lake.catalog(), target)
        .remove(newest, newest.plannedAt().plus(Duration.ofDays(1)));
  }

  private ManifestStore manifests() {
    return new ManifestStore(sales.table().io(), lake.config(), Sales.TOKEN);
  }
}
