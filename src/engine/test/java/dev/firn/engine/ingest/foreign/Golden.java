package dev.firn.engine.ingest.foreign;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.TableToken;
import dev.firn.engine.ingest.RecordFormat;
import dev.firn.pipeline.ForeignFormat;
import dev.firn.pipeline.ForeignTable;
import dev.firn.pipeline.QualifiedName;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The files in {@code formats/}, and the table they are of. */
public final class Golden {

  public static final TableToken TOKEN = new TableToken("sales");
  public static final ForeignTable SALES =
      table(
          new Column("id", "int4", List.of(), false, 1),
          new Column("qty", "int4", List.of(), true, 0),
          new Column("revenue", "numeric", List.of(12, 2), true, 0),
          new Column("sold_at", "timestamptz", List.of(), true, 0),
          new Column("note", "text", List.of(), true, 0));

  private Golden() {}

  static ForeignTable table(Column... columns) {
    return new ForeignTable(new QualifiedName("public", "sales"), List.of(columns));
  }

  /** The text of a file: {@code dms/insert.json}. */
  public static String text(String name) {
    try (InputStream in = Golden.class.getResourceAsStream("/formats/" + name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read golden file " + name, e);
    }
  }

  static List<ChangeEvent> read(ForeignFormat format, String text) {
    RecordFormat records = ForeignRecords.of(TOKEN, format);
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return records.read(bytes, 0, bytes.length);
  }

  static ChangeEvent one(ForeignFormat format, String text) {
    List<ChangeEvent> events = read(format, text);
    if (events.size() != 1) {
      throw new IllegalStateException("one event is expected: " + events);
    }
    return events.get(0);
  }

  /** Why a record is refused. */
  static String refusal(ForeignFormat format, String text) {
    try {
      throw new IllegalStateException("it was read: " + read(format, text));
    } catch (MalformedRecordException e) {
      return e.getMessage();
    }
  }
}
