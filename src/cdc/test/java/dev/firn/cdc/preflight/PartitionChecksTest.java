package dev.firn.cdc.preflight;

import static dev.firn.cdc.preflight.Findings.problems;
import static dev.firn.cdc.preflight.Findings.warnings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.cdc.capture.Scenario;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.TestDatabase;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What preflight says of partitioned tables and of their partitions. */
@OnPostgres
class PartitionChecksTest {

  @TempDir Path raw;
  private Scenario scenario;

  @BeforeEach
  void scenario(TestDatabase database) {
    scenario = new Scenario(database, raw);
  }

  @Test
  void whatIsDoneToSinglePartitionsIsAWarning() {
    scenario.execute(
        "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE PUBLICATION firn FOR TABLE parts WITH (publish_via_partition_root = true)");
    scenario.captured("parts");

    assertTrue(
        warnings(scenario.config()).stream()
            .anyMatch(w -> w.startsWith("TRUNCATE, ATTACH, DETACH and DROP of single partitions")));
    assertEquals(List.of(), problems(scenario.config()));
  }

  @Test
  void changesOfForeignPartitionsAreInNoLog() {
    scenario.execute(
        "CREATE TABLE parts (id int) PARTITION BY RANGE (id)",
        "ALTER TABLE parts REPLICA IDENTITY FULL",
        "CREATE FOREIGN DATA WRAPPER far",
        "CREATE SERVER far FOREIGN DATA WRAPPER far",
        "CREATE FOREIGN TABLE away PARTITION OF parts FOR VALUES FROM (0) TO (10) SERVER far",
        "CREATE PUBLICATION firn FOR TABLE parts WITH (publish_via_partition_root = true)");
    scenario.captured("parts");

    assertEquals(
        List.of(
            "Cannot capture table public.parts: changes of partitions that are foreign tables are"
                + " not in this server's log: public.away | Detach them, or remove the table"
                + " from source.tables."),
        problems(scenario.config()));
  }

  @Test
  void aPartitionOfACapturedTableIsNotCapturedByItself() {
    scenario.execute(
        "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE TABLE part_1 PARTITION OF parts FOR VALUES FROM (0) TO (10)",
        "CREATE PUBLICATION firn FOR TABLE parts WITH (publish_via_partition_root = true)");
    scenario.captured("part_1");

    assertEquals(
        List.of(
            "Cannot capture table public.part_1: its changes are published under the name of its"
                + " partitioned table: public.parts | Capture the partitioned table: put"
                + " public.parts in"
                + " source.tables instead."),
        problems(scenario.config()));
  }

  @Test
  void partitionsOfACapturedTableAreNoOtherTables() {
    scenario.execute(
        "CREATE TABLE parts (id int PRIMARY KEY) PARTITION BY RANGE (id)",
        "CREATE TABLE part_1 PARTITION OF parts FOR VALUES FROM (0) TO (10)",
        "CREATE PUBLICATION firn FOR TABLE parts");
    scenario.captured("parts");

    assertTrue(
        warnings(scenario.config()).stream().noneMatch(warning -> warning.contains("part_1")));
  }
}
