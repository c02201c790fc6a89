package dev.firn.engine.testing;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small table of the tests, and events of it: {@code sales (id int primary key, qty int, note
 * text)}.
 */
public final class Sales {

  public static final TableToken TOKEN = new TableToken("sales");
  public static final Instant HOUR = Instant.parse("2026-08-05T03:20:00.123456Z");
  public static final SchemaDocument SCHEMA =
      schema(
          new Column("id", "int4", List.of(), false, 1),
          new Column("qty", "int4", List.of(), true, 0),
          new Column("note", "text", List.of(), true, 0));

  /** Another table of the same columns. */
  public static final SchemaDocument STORES =
      new SchemaDocument(
          new TableToken("stores"), "public.stores", SCHEMA.columns(), ReplicaIdentity.DEFAULT);

  private Sales() {}

  public static SchemaDocument schema(Column... columns) {
    return new SchemaDocument(TOKEN, "public.sales", List.of(columns), ReplicaIdentity.DEFAULT);
  }

  public static ChangeEvent insert(long lsn, long id, long qty, String note) {
    return event(Operation.INSERT, lsn, RowImage.written(key(id), row(id, qty, note)));
  }

  public static ChangeEvent insertOfStores(long lsn, long id, long qty, String note) {
    return event(STORES, Operation.INSERT, lsn, RowImage.written(key(id), row(id, qty, note)));
  }

  public static ChangeEvent update(long lsn, long id, long qty, String note) {
    return event(Operation.UPDATE, lsn, RowImage.written(key(id), row(id, qty, note)));
  }

  /** An update that did not touch the note, which PostgreSQL therefore did not send. */
  public static ChangeEvent updateWithoutNote(long lsn, long id, long qty) {
    Map<String, Object> after = row(id, qty, null);
    after.remove("note");
    return event(Operation.UPDATE, lsn, new RowImage(key(id), Map.of(), after, List.of("note")));
  }

  public static ChangeEvent delete(long lsn, long id) {
    return event(Operation.DELETE, lsn, RowImage.deleted(key(id)));
  }

  public static ChangeEvent truncate(long lsn) {
    return event(Operation.TRUNCATE, lsn, RowImage.EMPTY);
  }

  public static ChangeEvent event(Operation operation, long lsn, RowImage row) {
    return event(SCHEMA, operation, lsn, row);
  }

  public static ChangeEvent event(
      SchemaDocument schema, Operation operation, long lsn, RowImage row) {
    return new ChangeEvent(schema.version(), operation, new Position(1, lsn, 0), HOUR, row);
  }

  public static Map<String, Object> key(long id) {
    return Map.of("id", id);
  }

  public static Map<String, Object> row(long id, long qty, String note) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", id);
    row.put("qty", qty);
    row.put("note", note);
    return row;
  }
}
