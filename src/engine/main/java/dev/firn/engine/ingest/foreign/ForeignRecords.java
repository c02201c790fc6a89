package dev.firn.engine.ingest.foreign;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.TableToken;
import dev.firn.engine.ingest.RecordFormat;
import dev.firn.pipeline.ForeignFormat;
import java.time.DateTimeException;
import java.util.List;

/** Chooses the reader for a table's format. */
public final class ForeignRecords {

  private ForeignRecords() {}

  public static RecordFormat of(TableToken token, ForeignFormat format) {
    return new Guarded(translator(token, format));
  }

  private static RecordFormat translator(TableToken token, ForeignFormat format) {
    DeclaredTable table = DeclaredTable.of(token, format.table());
    if (format instanceof ForeignFormat.Debezium debezium) {
      return new DebeziumRecords(table, debezium.decimals(), debezium.times());
    }
    if (format instanceof ForeignFormat.Flat flat) {
      return new FlatRecords(table, flat.order());
    }
    return new DmsRecords(table);
  }

  /** A bad record, whatever it contains, is rejected alone and does not fail its batch. */
  private record Guarded(RecordFormat format) implements RecordFormat {

    @Override
    public List<ChangeEvent> read(byte[] bytes, int offset, int length) {
      try {
        return format.read(bytes, offset, length);
      } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
        throw new MalformedRecordException("the record cannot be read: " + e.getMessage(), e);
      }
    }
  }
}
