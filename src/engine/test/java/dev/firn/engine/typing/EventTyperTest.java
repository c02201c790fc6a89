package dev.firn.engine.typing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventWriter;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.engine.row.ChangeWriter;
import dev.firn.engine.row.FoldedChange;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.schema.MirrorSchema;
import dev.firn.engine.schema.SourceSchema;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.junit.jupiter.api.Test;

class EventTyperTest {

  private static final SchemaDocument DOCUMENT = document("sales", "int4", "text");
  private static final Schema SCHEMA = MirrorSchema.of(DOCUMENT);
  private static final Position POSITION = new Position(1, 42, 7);

  private final ChangeWriter change = new ChangeWriter(RowShape.of(SCHEMA));
  private final EventTyper typer =
      new EventTyper(
          TypingPlan.of(DOCUMENT.table(), SCHEMA, List.of(SourceSchema.of(DOCUMENT)), false));

  @Test
  void anEventBecomesAChangeOfItsRow() {
    byte[] line = line(DOCUMENT);

    assertEquals(line.length - 1, typer.type(line, 0, line.length, change));
    assertEquals(Operation.UPDATE, typer.operation());
    assertEquals(POSITION, typer.position());
    FoldedChange read = new FoldedChange(RowShape.of(SCHEMA)).at(change.bytes(), 0);
    assertEquals(POSITION, read.position());
    assertEquals(5, read.row().getInt(0));
    assertEquals("Zoë", read.row().getUTF8String(1).toString());
  }

  @Test
  void bytesAfterTheLimitAreNotRead() {
    byte[] line = line(DOCUMENT);

    for (int limit = 0; limit < line.length - 1; limit++) {
      assertEquals(-1, typer.type(line, 0, limit, change));
    }
    assertEquals(line.length - 1, typer.type(line, 0, line.length - 1, change));
  }

  @Test
  void anEventOfAnotherTableOrOfAnUnknownSchemaIsLeft() {
    assertLeft(line(document("other", "int4", "text")));
    assertLeft(line(document("sales", "int4", "varchar")));
  }

  @Test
  void anEventOfASchemaThatDoesNotFitTheLakeIsLeft() {
    SchemaDocument longKey = document("sales", "int8", "text");
    TypingPlan plan =
        TypingPlan.of(
            DOCUMENT.table(),
            SCHEMA,
            List.of(SourceSchema.of(longKey), SourceSchema.of(DOCUMENT)),
            false);

    assertEquals(1, plan.documents.length);
    byte[] line = line(longKey);
    assertEquals(-1, new EventTyper(plan).type(line, 0, line.length, change));
  }

  @Test
  void aTruncationIsLeft() {
    ChangeEvent event =
        new ChangeEvent(
            DOCUMENT.version(), Operation.TRUNCATE, POSITION, Instant.EPOCH, RowImage.EMPTY);

    assertLeft(ChangeEventWriter.line(event));
  }

  @Test
  void aKeyThatIsNotTheRowsIsLeft() {
    String line = new String(line(DOCUMENT), StandardCharsets.UTF_8);

    assertTrue(line.contains("\"key\":{\"id\":5}"));
    assertLeft(
        line.replace("\"key\":{\"id\":5}", "\"key\":{\"id\":6}").getBytes(StandardCharsets.UTF_8));
    assertLeft(line.replace("{\"id\":5", "{\"id\":null").getBytes(StandardCharsets.UTF_8));
  }

  private void assertLeft(byte[] line) {
    assertEquals(-1, typer.type(line, 0, line.length, change));
  }

  private static SchemaDocument document(String table, String keyType, String type) {
    List<Column> columns =
        List.of(
            new Column("id", keyType, List.of(), false, 1),
            new Column("name", type, List.of(), true, 0));
    return new SchemaDocument(
        new TableToken(table), "public." + table, columns, ReplicaIdentity.DEFAULT);
  }

  private static byte[] line(SchemaDocument document) {
    return ChangeEventWriter.line(
        new ChangeEvent(
            document.version(),
            Operation.UPDATE,
            POSITION,
            Instant.EPOCH,
            RowImage.written(Map.of("id", 5L), new TreeMap<>(Map.of("id", 5L, "name", "Zoë")))));
  }
}
