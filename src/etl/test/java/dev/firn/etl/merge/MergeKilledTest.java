package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.fault.Failpoint;
import dev.firn.contract.fault.Failpoints;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The merge as a separate process that is killed, as with {@code kill -9}, and run again. */
@OnSpark
@RunsProcesses
class MergeKilledTest {

  private static final Path BIN = Path.of("..", "..", "bin");
  private static final int KILLED = 137;

  @Test
  void whatAKilledMergeLeavesIsMergedOnceByTheNext(TestLake lake, @TempDir Path folder)
      throws IOException, InterruptedException {
    MergeScenario sales = new MergeScenario(lake);
    sales.file(Sales.insert(1, 1, 1, "a"), Sales.insert(2, 2, 2, "b"));
    sales.merge();

    sales.file(Sales.update(10, 1, 10, "c"), Sales.delete(11, 2), Sales.insert(12, 3, 3, "d"));
    assertKilled(lake, folder, Failpoint.MERGE_TOMBSTONES_COMMITTED);
    assertEquals(List.of("1|1|a", "2|2|b"), sales.rows());

    sales.file(Sales.update(20, 3, 4, "e"), Sales.delete(21, 8));
    assertKilled(lake, folder, Failpoint.MERGE_COMMITTED);
    assertEquals(List.of("1|10|c", "3|4|e"), sales.rows());

    assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
    sales.file(Sales.insert(5, 2, 5, "late"), Sales.insert(6, 8, 6, "late"));
    assertEquals(new EventCounts(0, 2, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|10|c", "3|4|e"), sales.rows());
  }

  private static void assertKilled(TestLake lake, Path folder, Failpoint point)
      throws IOException, InterruptedException {
    Path config = folder.resolve("pipeline.yaml");
    Files.writeString(
        config,
        """
        source:
          url: jdbc:postgresql://localhost:1/none
          user: nobody
          password: ${env:PATH}
          slot: firn
          publication: firn
          tables: [public.sales]
        stream: { direct: true }
        raw: %s
        lake: { catalog: "%s", database: %s, warehouse: %s }
        """
            .formatted(
                lake.raw(),
                lake.config().catalog(),
                lake.config().database(),
                lake.config().warehouse()));
    Path output = folder.resolve("output");
    ProcessBuilder merge =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + BIN.resolve("spark.jvmargs"),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Dlog4j2.configurationFile=" + BIN.resolve("log4j2.properties"),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.firn.etl.run.EtlMain",
            "merge",
            "--config",
            config.toString());
    merge.environment().put(Failpoints.VARIABLE, point.text() + ":kill");
    merge.redirectErrorStream(true).redirectOutput(output.toFile());

    int code = merge.start().waitFor();

    assertEquals(KILLED, code, () -> read(output));
    assertTrue(read(output).contains(" INFO  merge [sales] "), "it had begun");
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }
}
