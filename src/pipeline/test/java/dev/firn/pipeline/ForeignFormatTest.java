package dev.firn.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.OperatorException;
import dev.firn.contract.Column;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ForeignFormatTest {

  @Test
  void aTableOfAnotherProducerIsDeclared() {
    ForeignFormat format =
        format(
            "sales: { format: dms, key: [id], columns: { id: integer, revenue: 'numeric(12,2)' } }");

    assertEquals(
        new ForeignFormat.Dms(
            new ForeignTable(
                new QualifiedName("public", "sales"),
                List.of(
                    new Column("id", "int4", List.of(), false, 1),
                    new Column("revenue", "numeric", List.of(12, 2), true, 0)))),
        format);
  }

  @Test
  void theKeyHasItsOwnOrder() {
    ForeignFormat format =
        format("sales: { format: dms, key: [b, a], columns: { a: text, b: text } }");

    assertEquals(List.of(2, 1), format.table().columns().stream().map(Column::keyOrdinal).toList());
  }

  @Test
  void theNameOfTheTableFollowsFromItsTokenUnlessItIsGiven() {
    String rest = "format: dms, key: [id], columns: { id: int4 } }";

    assertEquals(
        new QualifiedName("crm", "account"), format("crm.account: { " + rest).table().name());
    assertEquals(
        new QualifiedName("crm", "Account"),
        format("account: { table: 'crm.\"Account\"', " + rest).table().name());
  }

  @Test
  void modesHaveTheProducersOwnDefaults() {
    String rest = "key: [id], columns: { id: int4 }";
    ForeignFormat.Debezium debezium =
        (ForeignFormat.Debezium) format("sales: { format: debezium, " + rest + " }");

    assertEquals(ForeignFormat.Decimals.PRECISE, debezium.decimals());
    assertEquals(ForeignFormat.Times.ADAPTIVE, debezium.times());
    assertEquals(
        ForeignFormat.Times.CONNECT,
        ((ForeignFormat.Debezium)
                format("sales: { format: debezium, times: connect, " + rest + " }"))
            .times());
    assertEquals(
        ForeignFormat.FlatOrder.NEXTLSN,
        ((ForeignFormat.Flat) format("sales: { format: flat, order: nextlsn, " + rest + " }"))
            .order());
  }

  @Test
  void typesAreReadAsPostgresSpellsThem() {
    assertEquals(
        Optional.of(new DeclaredType("timestamptz", List.of(3))),
        DeclaredType.parse("timestamp(3) with time zone"));
    assertEquals(
        Optional.of(new DeclaredType("float8", List.of())), DeclaredType.parse("Double Precision"));
    assertEquals(
        Optional.of(new DeclaredType("varchar", List.of(30))),
        DeclaredType.parse("character varying(30)"));
    assertEquals(
        Optional.of(new DeclaredType("numeric[]", List.of(12, 2))),
        DeclaredType.parse("numeric( 12, 2 )[]"));
    assertEquals(Optional.empty(), DeclaredType.parse("int44"));
  }

  @Test
  void everyMistakeIsReportedAtOnce() {
    String message =
        problems(
            """
            a: { format: avro, key: [id], columns: { id: int4 } }
              b: { format: dms, columns: { id: int44 }, order: lsn }
              c: { format: flat, key: [id, no], order: arrival, columns: { id: int4, kind: text, _lsn: int8 } }
              d: { format: debezium, key: [id], decimals: round, exclude: [x], mask: { y: drop }, columns: { id: int4 } }
              e: { key: [id], columns: { id: int4 } }
            """);

    for (String expected :
        List.of(
            "tables.a.format: is not a format: avro",
            "tables.b.key: is missing",
            "tables.b.columns.id: is not a type: int44",
            "tables.b.order: is not a key of this section",
            "tables.c.key: is not among the columns: no",
            "tables.c.order: is not allowed: arrival",
            "tables.c.columns.kind: cannot be a column",
            "tables.c.columns._lsn: cannot be a column",
            "tables.d.decimals: is not allowed: round. Write precise or string",
            "tables.d.exclude: has no effect with a format",
            "tables.d.mask: has no effect with a format",
            "tables.e.columns: is not a key of this section")) {
      assertTrue(message.contains(expected), () -> expected + " in:\n" + message);
    }
  }

  private static ForeignFormat format(String table) {
    PipelineConfig config = parse(table);
    return config.tables().values().iterator().next().format().orElseThrow();
  }

  private static String problems(String tables) {
    return assertThrows(OperatorException.class, () -> parse(tables)).getMessage();
  }

  private static PipelineConfig parse(String tables) {
    String yaml =
        """
        source: { url: "jdbc:postgresql://db/app", user: firn, slot: firn, publication: firn, tables: [public.sales] }
        stream: { direct: true }
        raw: raw
        lake: { catalog: "jdbc:sqlite:catalog.db", database: lake, warehouse: warehouse }
        tables:
        """
            + "  "
            + tables;
    return PipelineFile.parse(yaml, "pipeline.yaml", Path.of("/pipelines"));
  }
}
