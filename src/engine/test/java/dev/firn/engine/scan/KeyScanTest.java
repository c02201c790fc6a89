package dev.firn.engine.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.Position;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.TestLake;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnSpark
class KeyScanTest {

  private static final String THIRDS = "SELECT id AS n FROM range(0, 2000) WHERE id % 3 = 0";

  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void rowsThatAreDeletedAreNotFound(String format, TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake, "'format-version'='" + format + "'");
    scenario.insert(ScanScenario.range(0, 500));
    scenario.insert(ScanScenario.range(500, 1000));
    scenario.sql("DELETE FROM %s WHERE mod(id, 11) = 2 AND id < 700");
    scenario.sql("DELETE FROM %s WHERE id BETWEEN 420 AND 430");

    Set<String> found = scenario.found(scenario.keys(THIRDS), Position.NONE);

    assertEquals(scenario.expected(THIRDS), found);
  }

  @Test
  void anOldFileWithNarrowerTypesIsSearched(TestLake lake) {
    ScanScenario scenario =
        new ScanScenario(lake, new KeyShape("id INT = n", "amount DECIMAL(9,2) = n % 3 + 0.25"));
    scenario.insert(ScanScenario.range(0, 300));
    scenario.sql("ALTER TABLE %s ALTER COLUMN id TYPE BIGINT");
    scenario.sql("ALTER TABLE %s ALTER COLUMN amount TYPE DECIMAL(30,2)");
    scenario.insert(ScanScenario.range(300, 600));

    assertEquals(scenario.expected(THIRDS), scenario.found(scenario.keys(THIRDS), Position.NONE));
  }

  @Test
  void aRenamedKeyIsFoundInOldFiles(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake);
    scenario.insert(ScanScenario.range(0, 300));
    KeySet keys = scenario.keys(THIRDS);
    Set<String> before = scenario.found(keys, Position.NONE);
    scenario.sql("ALTER TABLE %s RENAME COLUMN id TO number");

    assertEquals(before, scenario.found(keys, Position.NONE));
    assertEquals(100, before.size());
  }

  @Test
  void aFileFromBeforeTheKeyWasChangedIsRefused(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake);
    scenario.insert(ScanScenario.range(0, 10));
    scenario.sql("ALTER TABLE %s DROP COLUMN note");
    KeySet keys = scenario.keys(THIRDS);
    ScanColumns columns = scenario.columns();
    ScanFile file = scenario.plan(keys).files().get(0);
    ScanColumns others =
        new ScanColumns(
            List.of(NestedField.required(99, "code", LongType.get())),
            columns.kinds(),
            columns.position());
    KeyScan scan = new KeyScan(scenario.table().io(), others, keys);

    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () -> scan.scan(file, Position.NONE, (key, row, epoch, lsn, seq) -> {}));

    assertTrue(
        thrown.getMessage().contains("column code (field id 99) is missing"), thrown.getMessage());
  }

  @Test
  void onlyPagesThatMayHoldAKeyAreRead(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake);
    scenario.insert(ScanScenario.range(0, 3000));
    String batch = "SELECT id AS n FROM range(0, 4000) WHERE id IN (5, 1250, 1251, 3500)";

    Set<String> found = scenario.found(scenario.keys(batch), Position.NONE);

    assertEquals(scenario.expected(batch), found);
    assertEquals(3, found.size());
    assertEquals(200, scenario.examined());
  }

  @Test
  void positionsAreNotReadOfFilesOlderThanTheBatch(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake);
    scenario.insert(ScanScenario.range(0, 10));
    KeySet keys = scenario.keys("SELECT 3 AS n");

    assertEquals(Set.of("1|3|21"), positions(scenario.found(keys, new Position(1, 9, 63))));
    assertEquals(Set.of("0|0|0"), positions(scenario.found(keys, new Position(1, 9, 64))));
    assertEquals(Set.of("0|0|0"), positions(scenario.found(keys, new Position(2, 0, 0))));
  }

  private static Set<String> positions(Set<String> lines) {
    return lines.stream().map(line -> line.split("\\|", 4)[3]).collect(Collectors.toSet());
  }
}
