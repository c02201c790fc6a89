package dev.firn.etl.ingest.foreign;

import dev.firn.contract.TableToken;
import dev.firn.etl.ingest.RecordFormat;
import dev.firn.pipeline.ForeignFormat;

/** The reader of a table's format. */
public final class ForeignRecords {

  private ForeignRecords() {}

  public static RecordFormat of(TableToken token, ForeignFormat format) {
    DeclaredTable table = DeclaredTable.of(token, format.table());
    if (format instanceof ForeignFormat.Debezium debezium) {
      return new DebeziumRecords(table, debezium.decimals(), debezium.times());
    }
    if (format instanceof ForeignFormat.Flat flat) {
      return new FlatRecords(table, flat.order());
    }
    return new DmsRecords(table);
  }
}
