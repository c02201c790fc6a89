package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.ingest.foreign.Golden;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import dev.firn.pipeline.ForeignFormat;
import dev.firn.pipeline.ForeignFormat.Decimals;
import dev.firn.pipeline.ForeignFormat.FlatOrder;
import dev.firn.pipeline.ForeignFormat.Times;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.TableConfig;
import dev.firn.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The records of other producers, through the whole merge. */
@OnSpark
class ForeignMergeTest {

  @Test
  void debeziumRecordsBecomeRowsInAnyOrder(TestLake lake) throws InterruptedException {
    ForeignFormat format =
        new ForeignFormat.Debezium(Golden.SALES, Decimals.PRECISE, Times.ADAPTIVE);
    file(lake, golden("debezium/update-unchanged-toast"), golden("debezium/create"), "null", "{}");

    TableReport report = merge(lake, format);

    assertEquals(new EventCounts(1, 1, 0, 1), report.counts());
    assertTrue(
        report.notes().toString().contains("1 records carry no row change"), report.toString());
    assertEquals(List.of("42|7|1.00|first"), rows(lake));

    file(lake, golden("debezium/update"), golden("debezium/create"));
    assertEquals(new EventCounts(1, 1, 0, 0), merge(lake, format).counts());
    assertEquals(List.of("42|7|1.00|second"), rows(lake), "the late update has the newer note");

    file(lake, golden("debezium/delete"), golden("debezium/read"));
    merge(lake, format);
    file(lake, golden("debezium/update"));
    assertEquals(new EventCounts(0, 1, 0, 0), merge(lake, format).counts());
    assertEquals(List.of(), rows(lake));
  }

  @Test
  void dmsRecordsBecomeRowsInAnyOrder(TestLake lake) throws InterruptedException {
    ForeignFormat format = new ForeignFormat.Dms(Golden.SALES);
    file(lake, golden("dms/update"), golden("dms/insert"), golden("dms/control-create-table"));
    file(lake, golden("dms/load"), golden("dms/insert"), golden("dms/control-truncate-table"));

    assertEquals(new EventCounts(2, 1, 1, 1), merge(lake, format).counts());
    assertEquals(List.of("42|5|87236364.00|changed", "43|1|10.50|null"), rows(lake));

    file(lake, golden("dms/update-key"));
    assertEquals(
        new EventCounts(2, 0, 0, 0), merge(lake, format).counts(), "a delete and an update");
    assertEquals(List.of("43|1|10.50|null", "45|5|null|moved"), rows(lake));

    file(lake, golden("dms/delete"), golden("dms/load"));
    merge(lake, format);
    assertEquals(List.of("43|1|10.50|null"), rows(lake));
  }

  @Test
  void flatRecordsOfOneSecondGiveTheSameRowsInAnyOrder(TestLake lake) throws InterruptedException {
    ForeignFormat format = new ForeignFormat.Flat(Golden.SALES, FlatOrder.EVENT_TIMESTAMP);
    String insert = golden("flat/insert");
    String one = insert.replace("\"insert\"", "\"update\"").replace("first", "one");
    String other = insert.replace("\"insert\"", "\"update\"").replace("first", "other");

    file(lake, one, golden("flat/milliseconds"), insert.replace("sales", "product"));
    assertEquals(new EventCounts(1, 0, 0, 2), merge(lake, format).counts());
    file(lake, other, insert);
    merge(lake, format);
    List<String> rows = rows(lake);
    file(lake, one, other, insert);
    merge(lake, format);
    assertEquals(rows, rows(lake), "whichever won, it stays");

    file(lake, golden("flat/update-without-note"), golden("flat/update"));
    merge(lake, format);
    assertEquals(List.of("42|6|1.50|second"), rows(lake));

    file(lake, golden("flat/update-key"), golden("flat/delete"));
    merge(lake, format);
    assertEquals(List.of(), rows(lake));
  }

  private static String golden(String name) {
    return Golden.text(name + ".json").lines().map(String::strip).collect(Collectors.joining());
  }

  private static void file(TestLake lake, String... records) {
    byte[] content = String.join("\n", Arrays.asList(records)).getBytes(StandardCharsets.UTF_8);
    new RawFiles(lake.raw()).file(Sales.insert(1, 1, 1, ""), RawFiles.gzip(content));
  }

  private static TableReport merge(TestLake lake, ForeignFormat format)
      throws InterruptedException {
    // The merge never connects to it.
    PipelineConfig base =
        lake.pipeline(new TestDatabase("jdbc:postgresql://nowhere/db"), "public.sales");
    TableConfig table = new TableConfig(Set.of(), Map.of(), Map.of(), Optional.of(format));
    PipelineConfig config =
        new PipelineConfig(
            base.source(),
            base.stream(),
            base.raw(),
            base.lake(),
            Map.of("sales", table),
            base.merge(),
            base.delivery());
    TableResult result =
        new MergeJob(lake.spark(), config, Clock.systemUTC(), MergeListener.NONE)
            .run(Set.of(Golden.TOKEN))
            .get(0);
    assertEquals(Optional.empty(), result.failure());
    return result.report();
  }

  private static List<String> rows(TestLake lake) {
    return lake
        .query("SELECT id, qty, revenue, note FROM " + lake.table("sales") + " ORDER BY id")
        .stream()
        .map(row -> row.mkString("|"))
        .toList();
  }
}
