package dev.firn.etl.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.testing.OnSpark;
import dev.firn.engine.testing.Sales;
import dev.firn.engine.testing.TestLake;
import dev.firn.pipeline.Engine;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.TableConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns that the lake cannot have, or has under another name or type. */
@OnSpark
class MergeColumnsTest {

  private static final Column ID = column("id", "int4", 1);
  private static final Column QTY = column("qty", "int4", 0);
  private static final Column NOTE = column("note", "text", 0);
  private static final SchemaDocument RESERVED =
      Sales.schema(ID, QTY, NOTE, column("_op", "text", 0), column("_FILE", "text", 0));
  private static final SchemaDocument ALIKE =
      Sales.schema(ID, QTY, NOTE, column("Note", "text", 0));

  @Test
  void rowsWithAReservedColumnAreQuarantinedAndTheOthersAreMerged(TestLake lake) {
    MergeScenario sales = new MergeScenario(lake);
    sales.file(Sales.insert(10, 1, 1, "a"), Sales.insert(11, 2, 1, "b"));
    sales.merge();
    sales.raw().schema(RESERVED);
    sales.file(
        Sales.update(20, 1, 2, "c"),
        written(RESERVED, 21, 2, 7, "d", "buy", "f"),
        Sales.delete(22, 2));

    assertEquals(new EventCounts(2, 0, 0, 1), sales.merge().counts());
    assertEquals(List.of("1|2|c"), sales.rows());
    assertEquals(
        List.of(
            "the lake cannot store the table's columns: the lake reserves these column names:"
                + " _op, _FILE. Rename them, or leave them out: tables: { sales: {"
                + " exclude: [_op, _FILE] } }."),
        reasons(lake));
    assertEquals(List.of("id", "qty", "note"), sourceColumns(lake));
  }

  @Test
  void rowsThatWereWrittenBeforeAColumnWasLeftOutAreMergedWithoutIt(TestLake lake) {
    MergeScenario sales = new MergeScenario(lake, RESERVED, excluding("_op", "_FILE"));
    sales.file(written(RESERVED, 10, 1, 7, "d", "buy", "f"));

    assertEquals(new EventCounts(1, 0, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|7|d"), sales.rows());
    assertEquals(
        List.of("id", "qty", "note", "_epoch", "_lsn", "_seq", "_committed_at"),
        table(lake).schema().columns().stream().map(NestedField::name).toList());
  }

  @Test
  void aTableThatTheLakeCannotTakeAtAllIsRefusedWithTheRemedy(TestLake lake) {
    MergeScenario sales = new MergeScenario(lake, RESERVED);
    sales.file(written(RESERVED, 10, 1, 7, "d", "buy", "f"));

    Throwable failure = sales.mergeAny().failure().orElseThrow();

    assertTrue(failure instanceof OperatorException, failure.toString());
    assertTrue(failure.getMessage().contains("exclude: [_op, _FILE]"), failure.getMessage());
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void aColumnRenamedInCaseOnlyIsTheSameColumn(Engine engine, TestLake lake) {
    MergeScenario sales = new MergeScenario(lake, Sales.SCHEMA, by(engine));
    sales.file(
        Sales.insert(10, 1, 1, "a"), Sales.insert(11, 2, 2, "b"), Sales.insert(12, 3, 3, "c"));
    sales.merge();
    SchemaDocument renamed =
        Sales.schema(column("ID", "int4", 1), column("Qty", "int8", 0), column("NOTE", "text", 0));
    sales.raw().schema(renamed);
    Map<String, Object> key = Map.of("ID", 1L);
    ChangeEvent unchanged =
        Sales.event(
            renamed,
            Operation.UPDATE,
            20,
            new RowImage(key, Map.of(), values(renamed, 1L, 1L << 40), List.of("NOTE")));
    ChangeEvent deleted =
        Sales.event(renamed, Operation.DELETE, 21, RowImage.deleted(Map.of("ID", 2L)));
    sales.file(unchanged, deleted, written(renamed, 22, 4, 4, "d"), Sales.update(23, 3, 5, "e"));

    assertEquals(new EventCounts(4, 0, 0, 0), sales.merge().counts());
    assertEquals(List.of("1|1099511627776|a", "3|5|e", "4|4|d"), sales.rows());
    assertEquals(List.of("id", "qty", "note"), sourceColumns(lake));
    assertEquals(3, readByAnyone(lake).size());
  }

  @Test
  void aSecondColumnAlikeButForCaseIsNeverAdded(TestLake lake) throws IOException {
    MergeScenario sales = new MergeScenario(lake);
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    writtenAt(lake, Sales.SCHEMA, "2026-08-01T00:00:00Z");
    sales.raw().schema(ALIKE);
    sales.file(written(ALIKE, 20, 2, 2, "b", "B"), Sales.update(21, 1, 3, "c"));

    TableReport report = sales.merge();

    assertEquals(new EventCounts(1, 0, 0, 1), report.counts());
    assertTrue(
        report.notes().stream()
            .anyMatch(note -> note.contains("1 rows were quarantined, and so will be all later")),
        report.notes().toString());
    assertTrue(report.isUndecided());
    assertEquals(List.of("1|3|c"), sales.rows());
    assertEquals(1, readByAnyone(lake).size());
    assertTrue(reasons(lake).get(0).contains("exclude: [Note]"), reasons(lake).toString());
  }

  @Test
  void anUnreadableTableIsRepairedByTheNextMerge(TestLake lake) {
    MergeScenario sales = new MergeScenario(lake);
    sales.file(Sales.insert(10, 1, 1, "a"), Sales.insert(11, 2, 2, "b"));
    sales.merge();
    table(lake)
        .updateSchema()
        .addColumn("Note", Types.StringType.get())
        .addColumn("NOTE", Types.StringType.get())
        .addColumn("Id", Types.IntegerType.get())
        .addColumn("_op", Types.StringType.get())
        .addColumn("_pos", Types.LongType.get())
        .commit();
    sales.file(Sales.update(20, 1, 3, "c"), Sales.delete(21, 2));

    TableReport report = sales.merge();

    assertEquals(new EventCounts(2, 0, 0, 0), report.counts());
    assertEquals(
        List.of("id", "qty", "note", "Note_2", "NOTE_3", "Id_2", "source_op", "source_pos"),
        sourceColumns(lake));
    assertEquals(List.of("1|3|c"), sales.rows());
    assertEquals(1, readByAnyone(lake).size());
    assertTrue(
        report
            .notes()
            .contains(
                "renamed column _op to source_op, because no reader could open the table with the old name."
                    + " See \"A column was renamed\" in docs/runbook.md"),
        report.notes().toString());
  }

  @ParameterizedTest
  @EnumSource(Engine.class)
  void valuesAreOfTheTypeTheyWereWrittenWith(Engine engine, TestLake lake) {
    SchemaDocument real = Sales.schema(ID, column("qty", "float4", 0), NOTE);
    SchemaDocument wide = Sales.schema(ID, column("qty", "float8", 0), NOTE);
    MergeScenario sales = new MergeScenario(lake, real, by(engine));
    sales.raw().schema(wide);
    sales.file(
        typed(real, 10, 1, 0.1),
        typed(wide, 20, 2, 0.1),
        typed(real, 11, 3, "NaN"),
        typed(real, 12, 4, 16777216.0));

    sales.merge();

    assertEquals(
        List.of("1|0.10000000149011612|x", "2|0.1|x", "3|NaN|x", "4|1.6777216E7|x"), sales.rows());
  }

  @Test
  void aNewTableFollowsTheNewestSchemaSoThatAnotherKeyHelps(TestLake lake) throws IOException {
    SchemaDocument floats = Sales.schema(column("id", "float8", 1), column("qty", "int4", 0), NOTE);
    MergeScenario sales = new MergeScenario(lake, floats);
    writtenAt(lake, floats, "2026-08-01T00:00:00Z");
    sales.file(typed(floats, 10, 1.5, 1));
    assertTrue(
        sales.mergeAny().failure().orElseThrow().getMessage().contains("--resnapshot sales"));

    SchemaDocument another =
        Sales.schema(column("id", "float8", 0), column("qty", "int4", 1), NOTE);
    sales.raw().schema(another);
    Map<String, Object> row = values(another, 1.5, 1L);
    row.put("note", "x");
    sales.file(Sales.event(another, Operation.READ, 20, RowImage.written(Map.of("qty", 1L), row)));

    assertEquals(new EventCounts(1, 0, 0, 1), sales.merge().counts());
    assertEquals(List.of("1.5|1|x"), sales.rows());
  }

  @Test
  void whatANewSchemaDoesNotSayOfOldRowsIsReportedOnce(TestLake lake) throws IOException {
    MergeScenario sales = new MergeScenario(lake);
    SchemaDocument gone = Sales.schema(ID, NOTE);
    SchemaDocument back = Sales.schema(ID, NOTE, column("qty", "int8", 0), column("x", "text", 0));
    writtenAt(lake, Sales.SCHEMA, "2026-08-01T00:00:00Z");
    sales.raw().schema(gone);
    writtenAt(lake, gone, "2026-08-02T00:00:00Z");
    sales.file(Sales.insert(10, 1, 1, "a"));
    String again = "run 'firn capture --resnapshot sales' to copy the table again";

    assertEquals(
        List.of(
            "column qty was dropped at the source: the lake keeps it, and it is NULL in rows that change"
                + " from now on"),
        notesOfColumns(sales.merge()));
    sales.raw().schema(back);
    writtenAt(lake, back, "2026-08-03T00:00:00Z");
    sales.file(Sales.insert(11, 2, 1, "a"));
    assertEquals(
        List.of(
            "column qty was added again at the source: existing rows keep the value they had before it"
                + " was dropped until they change; "
                + again,
            "column x is new at the source: existing rows have NULL in it until they change. If it was added"
                + " with a default value, or another column was renamed to it, "
                + again),
        notesOfColumns(sales.merge()));
    sales.file(Sales.insert(12, 3, 1, "a"));
    assertEquals(List.of(), notesOfColumns(sales.merge()));
  }

  @Test
  void aColumnThatTheLakeDoesNotHaveYetGetsTheNewestOfItsTypes(TestLake lake) throws IOException {
    MergeScenario sales = new MergeScenario(lake, Sales.schema(ID, QTY, NOTE));
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    List<SchemaDocument> since =
        Stream.of("text", "int8", "int2", "int4")
            .map(type -> Sales.schema(ID, QTY, NOTE, column("x", type, 0)))
            .toList();
    writtenAt(lake, Sales.SCHEMA, "2026-08-01T00:00:00Z");
    for (SchemaDocument document : since) {
      sales.raw().schema(document);
      writtenAt(lake, document, "2026-08-0%dT00:00:00Z".formatted(2 + since.indexOf(document)));
    }
    sales.file(written(since.get(0), 20, 1, 7, "d", "text"), Sales.insert(30, 2, 1, "a"));

    TableReport report = sales.merge();

    assertEquals(Types.LongType.get(), table(lake).schema().findType("x"));
    assertTrue(
        report
            .notes()
            .contains(
                "1 rows were quarantined, and so will be all later rows with these columns: the type"
                    + " changed: column x is long in the lake, and text at the source (string)."
                    + " 'firn capture --resnapshot sales' copies the rows as they are now"),
        report.notes().toString());
  }

  @Test
  void aKeyWhoseTypeTheLakeCannotHoldNeedsANewToken(TestLake lake) throws IOException {
    MergeScenario sales = new MergeScenario(lake);
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    writtenAt(lake, Sales.SCHEMA, "2026-08-01T00:00:00Z");
    SchemaDocument texts = Sales.schema(column("id", "text", 1), QTY, NOTE);
    sales.raw().schema(texts);
    sales.file(typed(texts, 20, "one", 1));

    List<String> notes = sales.merge().notes();

    assertEquals(
        2,
        notes.stream().filter(note -> note.contains("give the table a new token")).count(),
        notes.toString());
  }

  private static List<String> notesOfColumns(TableReport report) {
    return report.notes().stream().filter(note -> note.contains(" at the source")).toList();
  }

  @Test
  void aCapturedTableIsThereBeforeItsFirstRow(TestLake lake) {
    MergeScenario sales = new MergeScenario(lake);

    TableReport report = sales.merge();

    assertEquals(TableReport.MADE, report.status());
    assertEquals(List.of(), sales.rows());
    assertEquals(TableReport.NOTHING_DUE, sales.merge().status());
    sales.file(Sales.insert(10, 1, 1, "a"));
    sales.merge();
    assertEquals(List.of("1|1|a"), sales.rows());
  }

  @Test
  void twoTokensOfOneNameAreRefusedAndNoOtherTable(TestLake lake) throws InterruptedException {
    MergeScenario sales = new MergeScenario(lake);
    sales.file(Sales.insert(10, 1, 1, "a"));
    for (String token : List.of("a.b_c", "a_b.c")) {
      SchemaDocument document =
          new SchemaDocument(
              new TableToken(token), token, List.of(ID), Sales.SCHEMA.replicaIdentity());
      sales.raw().schema(document);
      RowImage row = RowImage.written(Map.of("id", 1L), Map.of("id", 1L));
      sales.raw().file(Sales.event(document, Operation.INSERT, 10, row));
    }

    Map<String, TableResult> results =
        new MergeJob(lake.spark(), sales.config(), Clock.systemUTC(), MergeListener.NONE)
            .run(Set.of()).stream()
                .collect(Collectors.toMap(result -> result.report().table(), r -> r));

    assertEquals(Optional.empty(), results.get("sales").failure());
    assertEquals(List.of("1|1|a"), sales.rows());
    for (String token : List.of("a.b_c", "a_b.c")) {
      assertTrue(
          results
              .get(token)
              .failure()
              .orElseThrow()
              .getMessage()
              .startsWith(
                  "Cannot merge table: several tokens map to the same name in the lake: a.b_c, a_b.c as"
                      + " a_b_c. Give all but one of them another token"),
          results.get(token).toString());
    }
  }

  private static UnaryOperator<PipelineConfig> excluding(String... columns) {
    return with(new TableConfig(Set.of(columns), Map.of(), Map.of(), Optional.empty()));
  }

  private static UnaryOperator<PipelineConfig> by(Engine engine) {
    return with(
        new TableConfig(
            Set.of(),
            Map.of(),
            Map.of(),
            Optional.empty(),
            Optional.of(engine),
            OptionalInt.empty()));
  }

  private static UnaryOperator<PipelineConfig> with(TableConfig options) {
    return config ->
        new PipelineConfig(
            config.source(),
            config.stream(),
            config.raw(),
            config.lake(),
            Map.of("sales", options),
            config.merge(),
            config.delivery());
  }

  private static Column column(String name, String type, int keyOrdinal) {
    return new Column(name, type, List.of(), keyOrdinal == 0, keyOrdinal);
  }

  /** A row of a key, a quantity, and texts in the following columns. */
  private static ChangeEvent written(
      SchemaDocument schema, long lsn, long id, long qty, String... texts) {
    Map<String, Object> row = values(schema, id, qty);
    for (int i = 0; i < texts.length; i++) {
      row.put(schema.columns().get(2 + i).name(), texts[i]);
    }
    Map<String, Object> key = Map.of(schema.columns().get(0).name(), id);
    return Sales.event(schema, Operation.UPDATE, lsn, RowImage.written(key, row));
  }

  private static ChangeEvent typed(SchemaDocument schema, long lsn, Object id, Object qty) {
    Object key = id instanceof Integer number ? Long.valueOf(number) : id;
    Map<String, Object> row = values(schema, key, qty instanceof Integer n ? Long.valueOf(n) : qty);
    row.put("note", "x");
    return Sales.event(schema, Operation.READ, lsn, RowImage.written(Map.of("id", key), row));
  }

  private static Map<String, Object> values(SchemaDocument schema, Object id, Object qty) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put(schema.columns().get(0).name(), id);
    row.put(schema.columns().get(1).name(), qty);
    return row;
  }

  private static void writtenAt(TestLake lake, SchemaDocument document, String time)
      throws IOException {
    Path file = lake.raw().resolve(RawPath.schemaDocument(document.version()));
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(time)));
  }

  private static Table table(TestLake lake) {
    return lake.catalog().load(lake.catalog().mirror(Sales.TOKEN));
  }

  private static List<String> sourceColumns(TestLake lake) {
    return table(lake).schema().columns().stream()
        .map(NestedField::name)
        .filter(name -> !name.startsWith("_"))
        .toList();
  }

  /** As other readers do: without regard to case. */
  private static List<String> readByAnyone(TestLake lake) {
    lake.spark().conf().set("spark.sql.caseSensitive", "false");
    try {
      return lake.query("SELECT * FROM " + lake.table("sales")).stream()
          .map(Object::toString)
          .toList();
    } finally {
      lake.spark().conf().set("spark.sql.caseSensitive", "true");
    }
  }

  private static List<String> reasons(TestLake lake) {
    String quarantine = LakeCatalog.sqlName(lake.catalog().quarantine());
    return lake.query("SELECT reason FROM " + quarantine).stream()
        .map(row -> row.getString(0))
        .toList();
  }
}
