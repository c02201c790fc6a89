package dev.firn.bench.merge.data;

import dev.firn.contract.Column;
import dev.firn.contract.EventLine;
import dev.firn.contract.JsonBytes;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.contract.TableVersion;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;

/** Changes as the producer writes them, with a table's default replica identity. */
final class OrderLines {

  private static final byte[] ID = JsonBytes.fieldName("id");
  private static final byte[] CUSTOMER = JsonBytes.fieldName("customer_id");
  private static final byte[] STATUS = JsonBytes.fieldName("status");
  private static final byte[] AMOUNT = JsonBytes.fieldName("amount");
  private static final byte[] NOTE = JsonBytes.fieldName("note");
  private static final byte[] UPDATED_AT = JsonBytes.fieldName("updated_at");
  private static final byte[] COUNTRY = JsonBytes.fieldName("country");
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

  private final TableVersion source;
  private final EventLine line = new EventLine();

  OrderLines(TableToken table) {
    this.source = schema(table).version();
  }

  static SchemaDocument schema(TableToken table) {
    return new SchemaDocument(
        table,
        "public." + table.value(),
        List.of(
            new Column("id", "int8", List.of(), false, 1),
            new Column("customer_id", "int4", List.of(), true, 0),
            new Column("status", "text", List.of(), true, 0),
            new Column("amount", "numeric", List.of(12, 2), true, 0),
            new Column("note", "text", List.of(), true, 0),
            new Column("updated_at", "timestamptz", List.of(), true, 0),
            new Column("country", "text", List.of(), true, 0)),
        ReplicaIdentity.DEFAULT);
  }

  /** The change's line; valid until the next. */
  JsonBytes line(Change change) {
    line.writtenAt(change.committedAt().getEpochSecond());
    line.begin(source, change.operation(), change.position(), change.committedAt());
    line.beginKey();
    number(ID, change.id());
    line.endKey();
    if (change.operation().writesRow()) {
      line.beginAfter();
      values(OrderRow.of(change.id(), change.version()));
      line.endValues();
    }
    line.end();
    return line.values();
  }

  private void values(OrderRow row) {
    number(ID, row.id());
    number(CUSTOMER, row.customer());
    text(STATUS, row.status());
    long cents = row.cents() % 100;
    text(AMOUNT, row.cents() / 100 + (cents < 10 ? ".0" : ".") + cents);
    text(NOTE, row.note());
    text(UPDATED_AT, TIMESTAMP.format(instant(row.micros())));
    text(COUNTRY, row.country());
  }

  private void number(byte[] field, long value) {
    line.values().field(field);
    line.values().number(value);
  }

  private void text(byte[] field, String value) {
    line.values().field(field);
    line.values().string(value);
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1000L);
  }
}
