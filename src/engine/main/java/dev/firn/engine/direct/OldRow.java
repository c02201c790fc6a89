package dev.firn.engine.direct;

import dev.firn.contract.Position;
import dev.firn.engine.lake.RowMetadata;
import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.util.ArrayData;
import org.apache.spark.sql.catalyst.util.MapData;

/**
 * A row of the table that supplies the values missing in a change.
 *
 * @param schema of the columns that were read
 */
record OldRow(Schema schema, InternalRow row) {

  private static final int POSITION_FIELDS = 3;

  Position position() {
    return new Position(
        row.getInt(place(RowMetadata.EPOCH)),
        row.getLong(place(RowMetadata.LSN)),
        row.getLong(place(RowMetadata.SEQ)));
  }

  /** The index of a column among those read; -1 if it was not read. */
  int place(String column) {
    NestedField field = schema.findField(column);
    return field == null ? -1 : schema.columns().indexOf(field);
  }

  /** The positions of the values that are older than the row. */
  Map<String, Position> older() {
    Map<String, Position> older = new HashMap<>();
    int place = place(RowMetadata.UNCHANGED);
    if (place >= 0 && !row.isNullAt(place)) {
      MapData map = row.getMap(place);
      ArrayData positions = map.valueArray();
      for (int i = 0; i < map.numElements(); i++) {
        InternalRow position = positions.getStruct(i, POSITION_FIELDS);
        older.put(
            map.keyArray().getUTF8String(i).toString(),
            new Position(position.getInt(0), position.getLong(1), position.getLong(2)));
      }
    }
    return older;
  }
}
