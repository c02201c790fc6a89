package dev.firn.etl.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.Position;
import dev.firn.etl.testing.SparkExtension;
import dev.firn.etl.testing.TestLake;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(SparkExtension.class)
class KeyScanTest {

  private static final KeyShape ID = new KeyShape("id BIGINT = n");

  private static final String THIRDS = "SELECT id AS n FROM range(0, 2000) WHERE id % 3 = 0";

  static List<KeyShape> keys() {
    return List.of(
        new KeyShape("id INT = n - 500"),
        new KeyShape("id BIGINT = n * 1000003 - 70000000"),
        new KeyShape("id STRING = concat('Straße ', n % 7, '-', n)"),
        new KeyShape("id STRING = md5(CAST(n AS STRING))"),
        new KeyShape("id DECIMAL(9,2) = n - 500.25"),
        new KeyShape("id DECIMAL(18,3) = n * 100003 - 500.125"),
        new KeyShape("id DECIMAL(38,9) = (n - 500) * 10000000000000000000.000000001"),
        new KeyShape("id DATE = date_add(DATE'1970-01-01', CAST(n - 500 AS INT))"),
        new KeyShape("id TIMESTAMP = timestamp_micros((n - 500) * 86400000123)"),
        new KeyShape("id BINARY = unhex(md5(CAST(n AS STRING)))"),
        new KeyShape("id BINARY = unhex(lpad(hex(n), 8, '0'))"),
        new KeyShape("flag BOOLEAN = n % 2 = 0", "id INT = n"),
        new KeyShape("order_id BIGINT = n DIV 5", "line INT = n % 5"),
        new KeyShape(
            "region STRING = concat('r', n DIV 300)",
            "id DECIMAL(20,0) = n",
            "day DATE = DATE'2026-01-01'"));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void findsWhatSqlFinds(KeyShape key, TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake, key);
    scenario.insert(ScanScenario.range(0, 700));
    scenario.insert(ScanScenario.range(900, 1000));
    String batch = "SELECT id AS n FROM range(0, 2000) WHERE id % 7 = 3 OR id BETWEEN 680 AND 720";

    Set<String> found = scenario.found(scenario.keys(batch), Position.NONE);

    assertEquals(scenario.expected(batch), found);
    assertTrue(found.size() > 100, "found " + found.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"2", "3"})
  void rowsThatAreDeletedAreNotFound(String format, TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake, ID, "'format-version'='" + format + "'");
    scenario.insert(ScanScenario.range(0, 500));
    scenario.insert(ScanScenario.range(500, 1000));
    scenario.sql("DELETE FROM %s WHERE id % 11 = 2 AND id < 700".replace("% 11", "%% 11"));
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
    ScanScenario scenario = new ScanScenario(lake, ID);
    scenario.insert(ScanScenario.range(0, 300));
    KeySet keys = scenario.keys(THIRDS);
    Set<String> before = scenario.found(keys, Position.NONE);
    scenario.sql("ALTER TABLE %s RENAME COLUMN id TO number");

    assertEquals(before, scenario.found(keys, Position.NONE));
    assertEquals(100, before.size());
  }

  @Test
  void onlyPagesThatMayHoldAKeyAreRead(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake, ID);
    scenario.insert(ScanScenario.range(0, 3000));
    String batch = "SELECT id AS n FROM range(0, 4000) WHERE id IN (5, 1250, 1251, 3500)";

    Set<String> found = scenario.found(scenario.keys(batch), Position.NONE);

    assertEquals(scenario.expected(batch), found);
    assertEquals(3, found.size());
    assertEquals(200, scenario.examined());
  }

  @Test
  void filesThatHoldNoKeyAreNotOpened(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake, ID);
    scenario.insert("SELECT id AS n FROM range(0, 3000, 3, 1)");
    scenario.insert(ScanScenario.range(5000, 5100));

    assertEquals(
        1, scenario.plan(scenario.keys("SELECT 4000 AS n UNION SELECT 5050")).files().size());
    assertEquals(
        0, scenario.plan(scenario.keys("SELECT 4000 AS n UNION SELECT 9000")).files().size());
  }

  @Test
  void positionsAreNotReadOfFilesOlderThanTheBatch(TestLake lake) {
    ScanScenario scenario = new ScanScenario(lake, ID);
    scenario.insert(ScanScenario.range(0, 10));
    KeySet keys = scenario.keys("SELECT 3 AS n");

    assertEquals(Set.of("1|3|21"), positions(scenario.found(keys, new Position(1, 9, 63))));
    assertEquals(Set.of("0|0|0"), positions(scenario.found(keys, new Position(1, 9, 64))));
    assertEquals(Set.of("0|0|0"), positions(scenario.found(keys, new Position(2, 0, 0))));
  }

  private static Set<String> positions(Set<String> lines) {
    return lines.stream()
        .map(
            line ->
                line.substring(line.indexOf('|', line.indexOf('|', line.indexOf('|') + 1) + 1) + 1))
        .collect(Collectors.toSet());
  }
}
