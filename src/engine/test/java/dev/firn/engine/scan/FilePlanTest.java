package dev.firn.engine.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.Position;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.TestLake;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

@OnSpark
class FilePlanTest {

  @Test
  void filesBetweenWhoseBoundsNoKeyLiesAreLeftOut(TestLake lake) {
    ScanScenario scenario =
        new ScanScenario(lake, new KeyShape("part STRING = n DIV 1000", "id BIGINT = n"));
    scenario.insert(ScanScenario.range(0, 300));
    scenario.insert(ScanScenario.range(500, 600));

    assertEquals(1, files(scenario, "SELECT 400 AS n UNION SELECT 550"));
    assertEquals(0, files(scenario, "SELECT 400 AS n UNION SELECT 900"));
    assertEquals(2, files(scenario, "SELECT 299 AS n UNION SELECT 500"));
  }

  private static int files(ScanScenario scenario, String numbers) {
    return scenario.plan(scenario.keys(numbers)).files().size();
  }

  @Test
  void filesOfSeveralSpecsAreGroupedByPartition(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake);
    scenario.insert(ScanScenario.range(0, 10));
    scenario.sql("ALTER TABLE %s ADD PARTITION FIELD bucket(4, id)");
    scenario.insert(ScanScenario.range(10, 50));
    scenario.insert(ScanScenario.range(50, 90));

    Collection<List<ScanFile>> partitions =
        scenario.plan().files().stream()
            .collect(Collectors.groupingBy(file -> file.specId() + " " + file.partition()))
            .values();

    assertEquals(
        Set.of("0 1", "1 2"),
        partitions.stream()
            .map(files -> "%d %d".formatted(files.get(0).specId(), files.size()))
            .collect(Collectors.toSet()));
    assertEquals(5, partitions.size());
    String batch = ScanScenario.range(5, 60);
    assertEquals(scenario.expected(batch), scenario.found(scenario.keys(batch), Position.NONE));
  }

  @Test
  void aTruncationTakesOldFilesWholeAndSearchesThoseAcrossIt(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake);
    scenario.insert(ScanScenario.range(0, 10));
    scenario.insert(ScanScenario.range(10, 20));
    scenario.insert(ScanScenario.range(20, 30));
    scenario.sql("DELETE FROM %s WHERE id IN (3, 12, 22)");
    Position at = new Position(1, 15, 105);

    assertEquals(1, scenario.plan().before(at).size());
    assertEquals(1, scenario.plan().across(at).size());
    assertEquals(
        LongStream.range(0, 15)
            .filter(n -> n != 3 && n != 12)
            .boxed()
            .collect(Collectors.toCollection(TreeSet::new)),
        scenario.olderThan(15));
  }

  @Test
  void aFileThatIsNotParquetIsAnObstacle(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake);
    scenario.insert(ScanScenario.range(0, 10));
    assertEquals(Optional.empty(), scenario.plan().obstacle());

    scenario.sql("ALTER TABLE %s SET TBLPROPERTIES ('write.format.default'='avro')");
    scenario.insert(ScanScenario.range(10, 20));

    assertTrue(scenario.plan().obstacle().orElseThrow().startsWith("data file is not Parquet"));
  }
}
