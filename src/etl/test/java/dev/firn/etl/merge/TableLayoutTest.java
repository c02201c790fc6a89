package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.schema.SourceSchema;
import dev.firn.engine.table.Bucketing;
import dev.firn.engine.table.MirrorTable;
import dev.firn.engine.table.TableLayout;
import dev.firn.engine.table.TargetTable;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import dev.firn.pipeline.LayoutConfig;
import dev.firn.pipeline.PipelineConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@OnSpark
class TableLayoutTest {

  private static final Column QTY = new Column("qty", "int4", List.of(), true, 0);
  private static final Column NOTE = new Column("note", "text", List.of(), true, 0);

  private TestLake lake;

  @BeforeEach
  void begin(TestLake given) {
    lake = given;
  }

  @Test
  void aSmallTableIsNotPartitioned() {
    TableReport report = merge(config -> config, Sales.insert(10, 1, 1, "a"));

    assertTrue(table().spec().isUnpartitioned());
    assertEquals(List.of(), report.notes());
  }

  @ParameterizedTest(name = "format {0}")
  @ValueSource(strings = {"2", "3"})
  void aTableThatGrewIsBucketedAndItsOlderFilesAreMergedIntoAsBefore(String format) {
    UnaryOperator<PipelineConfig> small =
        config -> Options.properties(config, Map.of("format-version", format));
    merge(small, inserts(10, 1, 8));
    merge(small, Sales.update(30, 1, 2, "once"), Sales.delete(31, 2));

    TableReport report =
        merge(
            TableLayoutTest::large,
            Sales.update(40, 3, 2, "b"),
            Sales.delete(41, 4),
            Sales.insert(42, 9, 1, "c"));

    assertEquals(
        List.of(
            "layout: bucket(2, id) for new files; existing files keep their layout until they are"
                + " rewritten"),
        report.notes());
    assertEquals(Set.of(0, table().spec().specId()), specs());
    assertEquals(List.of("1|2|once", "3|2|b", "5|1|a", "6|1|a", "7|1|a", "8|1|a", "9|1|c"), rows());

    TableReport next =
        merge(
            TableLayoutTest::large,
            Sales.update(50, 3, 3, "again"),
            Sales.update(51, 5, 3, "old file"),
            Sales.delete(52, 6),
            Sales.delete(53, 9));
    assertEquals(List.of(), next.notes());
    assertEquals(new EventCounts(4, 0, 0, 0), next.counts());
    assertEquals(List.of("1|2|once", "3|3|again", "5|3|old file", "7|1|a", "8|1|a"), rows());
  }

  @Test
  void theFirstLoadOfALargeTableFindsItsBuckets() {
    merge(TableLayoutTest::large, inserts(10, 1, 8));

    assertEquals(List.of("bucket[2]"), partitioning());
    assertEquals(Set.of(table().spec().specId()), specs());
  }

  @Test
  void theNumberOfBucketsThatIsSaidHoldsAndCanBeAnotherLater() {
    merge(config -> Options.buckets(config, 4), inserts(10, 1, 8));
    assertEquals(List.of("bucket[4]"), partitioning());

    merge(config -> Options.buckets(config, 3), Sales.update(30, 1, 2, "b"));
    assertEquals(List.of("bucket[3]"), partitioning());

    TableReport none = merge(config -> Options.buckets(config, 0), Sales.update(40, 2, 2, "c"));
    assertTrue(none.notes().toString().contains("no buckets for new files"), none.toString());
    assertTrue(table().spec().isUnpartitioned());

    merge(config -> Options.buckets(config, 4), Sales.delete(50, 3), Sales.update(51, 1, 3, "d"));
    assertEquals(List.of("bucket[4]"), partitioning());
    assertEquals(List.of("1|3|d", "2|2|c", "4|1|a", "5|1|a", "6|1|a", "7|1|a", "8|1|a"), rows());
  }

  @Test
  void zeroBucketsKeepALargeTableUnpartitioned() {
    merge(config -> Options.buckets(large(config), 0), inserts(10, 1, 8));

    assertTrue(table().spec().isUnpartitioned());
  }

  @Test
  void bucketsThatAreThereBecomeMoreWithTheSizeAndNeverFewer() {
    merge(config -> Options.buckets(config, 2), inserts(10, 1, 8));
    merge(config -> Options.layout(config, new LayoutConfig(1, 100)), Sales.delete(30, 1));
    int grown = Bucketing.of(table(), List.of("id")).orElseThrow().count();
    assertTrue(grown >= 8, "buckets: " + grown);

    merge(TableLayoutTest::large, Sales.delete(40, 2));
    assertEquals(List.of("bucket[" + grown + "]"), partitioning());
  }

  @Test
  void theUsersOwnPartitioningStaysAndIsMergedInto() {
    merge(config -> config, inserts(10, 1, 4));
    lake.query("ALTER TABLE " + lake.table("sales") + " ADD PARTITION FIELD truncate(1, note)");

    TableReport report =
        merge(
            config -> Options.buckets(large(config), 4),
            Sales.update(30, 1, 2, "b"),
            Sales.insert(31, 5, 1, "b"));
    merge(
        TableLayoutTest::large,
        Sales.update(40, 1, 3, "c"),
        Sales.delete(41, 2),
        Sales.delete(42, 5));

    assertEquals(List.of("truncate[1]"), partitioning());
    assertEquals(
        List.of("layout: buckets: 4 has no effect: the table has another partitioning"),
        report.notes());
    assertEquals(List.of("1|3|c", "3|1|a", "4|1|a"), rows());
  }

  @Test
  void bucketsTogetherWithAnotherFieldAreTheUsers() {
    merge(config -> config, inserts(10, 1, 4));
    lake.query("ALTER TABLE " + lake.table("sales") + " ADD PARTITION FIELD bucket(4, id)");
    lake.query("ALTER TABLE " + lake.table("sales") + " ADD PARTITION FIELD truncate(1, note)");

    merge(config -> Options.buckets(config, 8), Sales.update(30, 1, 2, "b"));

    assertEquals(List.of("bucket[4]", "truncate[1]"), partitioning());
  }

  @Test
  void ofAKeyOfSeveralColumnsTheFirstIsTakenThatCanBe() {
    SchemaDocument schema =
        Sales.schema(
            new Column("id", "bool", List.of(), false, 1),
            QTY,
            new Column("note", "text", List.of(), false, 2));
    merge(
        schema, TableLayoutTest::large, keyed(schema, 10, true, "a"), keyed(schema, 11, true, "b"));
    merge(
        schema,
        TableLayoutTest::large,
        keyed(schema, 20, true, "b"),
        keyed(schema, 21, false, "b"));

    assertEquals(List.of("bucket[2]"), partitioning());
    assertEquals("note", bucketedColumn());
    assertEquals(List.of("false|21|b", "true|10|a", "true|20|b"), rows());
  }

  @Test
  void bucketsOfAnotherColumnOfTheKeyStayOnIt() {
    SchemaDocument schema =
        Sales.schema(
            new Column("id", "bool", List.of(), false, 1),
            new Column("qty", "int4", List.of(), false, 2),
            new Column("note", "text", List.of(), false, 3));
    merge(schema, config -> config, keyed(schema, 10, true, "a"));
    lake.query("ALTER TABLE " + lake.table("sales") + " ADD PARTITION FIELD bucket(4, note)");
    merge(schema, config -> Options.buckets(config, 8), keyed(schema, 10, true, "a"));

    assertEquals(List.of("bucket[8]"), partitioning());
    assertEquals("note", bucketedColumn());
    assertEquals(List.of("true|10|a"), rows());
  }

  @Test
  void aKeyThatCannotBeBucketedLeavesTheTableUnpartitioned() {
    SchemaDocument schema = Sales.schema(new Column("id", "bool", List.of(), false, 1), QTY, NOTE);
    TableReport report =
        merge(schema, config -> Options.buckets(config, 4), keyed(schema, 10, true, "a"));
    merge(schema, TableLayoutTest::large, keyed(schema, 20, true, "b"));

    assertTrue(table().spec().isUnpartitioned());
    assertEquals(
        List.of("layout: buckets: 4 has no effect: no column of the table's key can be bucketed"),
        report.notes());
    assertEquals(List.of("true|20|b"), rows());
  }

  @Test
  void aChangeLogStaysAsItIs() {
    SchemaDocument schema = Sales.schema(new Column("id", "int4", List.of(), true, 0), QTY, NOTE);
    merge(schema, TableLayoutTest::large, logged(schema, 10), logged(schema, 11));

    assertTrue(table().spec().isUnpartitioned());
    assertEquals(2, rows().size());
  }

  @Test
  void aTableChangedAtTheSameMomentKeepsItsLayoutForThisBatch() {
    merge(config -> config, inserts(10, 1, 4));
    MergeScenario large = new MergeScenario(lake, Sales.SCHEMA, TableLayoutTest::large);
    MirrorTable target =
        TargetTable.open(
                lake.catalog(), Sales.TOKEN, List.of(SourceSchema.of(Sales.SCHEMA)), Map.of())
            .mirror();
    table().updateProperties().set("changed", "meanwhile").commit();

    TableLayout layout = TableLayout.of(large.config(), Sales.TOKEN);
    assertEquals(List.of(), layout.apply(target, 1));
    assertEquals(List.of(), partitioning());

    layout.apply(target, 1);
    assertEquals(List.of("bucket[2]"), partitioning());
  }

  @Test
  void theSizeOfATableIsThatOfItsFilesAlsoWithoutASummary() {
    merge(config -> config, inserts(10, 1, 4));
    merge(config -> config, inserts(30, 5, 4));

    Table table = table();
    assertEquals(
        Long.parseLong(table.currentSnapshot().summary().get("total-files-size")),
        TableLayout.plannedSize(table));
  }

  /** Any table is large. */
  private static PipelineConfig large(PipelineConfig config) {
    return Options.layout(config, new LayoutConfig(1, 1 << 20));
  }

  private TableReport merge(UnaryOperator<PipelineConfig> options, ChangeEvent... events) {
    return merge(Sales.SCHEMA, options, events);
  }

  private TableReport merge(
      SchemaDocument schema, UnaryOperator<PipelineConfig> options, ChangeEvent... events) {
    return new MergeScenario(lake, schema, options).file(events).merge();
  }

  private List<String> rows() {
    return lake
        .query("SELECT id, qty, note FROM " + lake.table("sales") + " ORDER BY id, note")
        .stream()
        .map(row -> row.mkString("|"))
        .toList();
  }

  private Table table() {
    return lake.catalog().load(lake.catalog().mirror(Sales.TOKEN));
  }

  private List<String> partitioning() {
    return table().spec().fields().stream().map(field -> field.transform().toString()).toList();
  }

  private String bucketedColumn() {
    return table().schema().findColumnName(table().spec().fields().get(0).sourceId());
  }

  /** Of the data files that are read now. */
  private Set<Integer> specs() {
    return StreamSupport.stream(table().newScan().planFiles().spliterator(), false)
        .map(task -> task.file())
        .map(ContentFile::specId)
        .collect(Collectors.toSet());
  }

  private static ChangeEvent[] inserts(long lsn, long firstId, int count) {
    return LongStream.range(0, count)
        .mapToObj(i -> Sales.insert(lsn + i, firstId + i, 1, "a"))
        .toArray(ChangeEvent[]::new);
  }

  /** A row of a key of {@code id}, or of {@code id} and {@code note}, with the LSN as quantity. */
  private static ChangeEvent keyed(SchemaDocument schema, long lsn, boolean id, String note) {
    Map<String, Object> row = Sales.row(0, lsn, note);
    row.put("id", id);
    Map<String, Object> key =
        schema.keyColumns().stream()
            .collect(Collectors.toMap(Column::name, c -> row.get(c.name())));
    return Sales.event(schema, Operation.INSERT, lsn, RowImage.written(key, row));
  }

  private static ChangeEvent logged(SchemaDocument schema, long lsn) {
    return Sales.event(
        schema, Operation.INSERT, lsn, RowImage.written(Map.of(), Sales.row(1, 1, "a")));
  }
}
