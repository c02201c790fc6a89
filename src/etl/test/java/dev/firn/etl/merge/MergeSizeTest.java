package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.ChangeEvent;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.RawFiles;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.transforms.Transforms;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.util.SerializableFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every engine merges batches of uneven shape with the same result. */
@OnSpark
class MergeSizeTest {

  private static final int BUCKETS = 8;

  private TestLake lake;
  private RawFiles raw;

  static Set<String> engines() {
    return EngineLake.ENGINES.keySet();
  }

  @BeforeEach
  void begin(TestLake empty) {
    lake = empty;
    raw = new RawFiles(empty.raw());
    raw.schema(Sales.SCHEMA);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void oneHotKeyIsOneRow(String engine) {
    int events = 20_000;
    files(events, 2_000, lsn -> Sales.update(lsn, 1, lsn, "note"));
    EngineLake sales = lake(engine);

    assertEquals(new EventCounts(1, events - 1, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|" + events), rows());

    raw.file(Sales.updateWithoutNote(events + 1L, 1, 5));
    assertEquals(new EventCounts(1, 0, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|5"), rows());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void manySmallFilesAreOneBatch(String engine) {
    int files = 500;
    files(2 * files, 2, lsn -> Sales.insert(lsn, lsn % files, lsn, "note"));

    TableReport report = lake(engine).merge();

    assertEquals(files, report.files());
    assertEquals(new EventCounts(files, files, 0, 0), report.counts());
    assertEquals(
        List.of(files + "|" + LongStream.rangeClosed(files + 1L, 2L * files).sum()), sums());
  }

  @ParameterizedTest
  @MethodSource("engines")
  void oneBucketMayHoldNearlyAllKeys(String engine) {
    int[] keys = keysOfOneBucket(5_000);
    EngineLake sales = lake(engine);
    raw.file(Sales.insert(1, -1, 0, "before the buckets"));
    sales.merge();
    sales.table().updateSpec().addField(Expressions.bucket("id", BUCKETS)).commit();
    files(keys.length, 1_000, lsn -> Sales.insert(lsn, keys[(int) lsn - 1], 1, "first"));
    assertEquals(new EventCounts(keys.length, 0, 0, 0), sales.merge().counts());

    files(keys.length, 1_000, lsn -> Sales.update(lsn + 100_000, keys[(int) lsn - 1], 2, "second"));
    assertEquals(new EventCounts(keys.length, 0, 0, 0), sales.merge().counts());
    assertEquals(List.of((keys.length + 1) + "|" + 2 * keys.length), sums());
  }

  private EngineLake lake(String engine) {
    return new EngineLake(engine, lake, Sales.TOKEN, Map.of());
  }

  /** Writes the events of positions 1 and up into files of that many. */
  private void files(int events, int each, LongFunction<ChangeEvent> event) {
    for (int from = 0; from < events; from += each) {
      List<ChangeEvent> file = new ArrayList<>();
      for (int i = from; i < Math.min(events, from + each); i++) {
        file.add(event.apply(i + 1));
      }
      raw.file(file);
    }
  }

  /** All but a few: the first hundred are whatever they are. */
  private static int[] keysOfOneBucket(int count) {
    SerializableFunction<Integer, Integer> bucket =
        Transforms.<Integer>bucket(BUCKETS).bind(Types.IntegerType.get());
    return IntStream.iterate(1, key -> key + 1)
        .filter(key -> key <= 100 || bucket.apply(key) == 0)
        .limit(count)
        .toArray();
  }

  private List<String> rows() {
    return texts("SELECT id, qty FROM " + lake.table("sales"));
  }

  private List<String> sums() {
    return texts("SELECT count(*), sum(qty) FROM " + lake.table("sales"));
  }

  private List<String> texts(String sql) {
    return lake.query(sql).stream().map(row -> row.mkString("|")).toList();
  }
}
