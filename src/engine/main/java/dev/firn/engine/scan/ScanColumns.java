package dev.firn.engine.scan;

import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.row.KeyKind;
import dev.firn.engine.row.RowShape;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The columns that a scan reads: the key columns in their order, and those of the position. They
 * are found in data files by field id; a file may have a narrower type than the table.
 *
 * @param key fields of the scanned table
 * @param kinds the representation of each column's values in the batch, which may be wider than the
 *     scanned type
 * @param position fields of the scanned table: epoch, lsn, seq
 */
public record ScanColumns(List<NestedField> key, List<KeyKind> kinds, List<NestedField> position)
    implements Serializable {

  public ScanColumns {
    if (key.isEmpty() || key.size() != kinds.size() || position.size() != 3) {
      throw new IllegalArgumentException(
          "Cannot scan for keys: columns are missing: %s, %s, %s".formatted(key, kinds, position));
    }
    key = List.copyOf(key);
    kinds = List.copyOf(kinds);
    position = List.copyOf(position);
  }

  /** The columns in the table of the batch's rows. */
  public static ScanColumns of(RowShape shape) {
    return of(shape, shape.schema());
  }

  /** The columns in another table that has columns with the same names: the tombstones. */
  public static ScanColumns of(RowShape shape, Schema scanned) {
    List<NestedField> key =
        Arrays.stream(shape.key()).mapToObj(i -> shape.schema().columns().get(i)).toList();
    return new ScanColumns(
        key.stream().map(field -> field(scanned, field.name())).toList(),
        key.stream().map(field -> KeyKind.of(field.type())).toList(),
        RowMetadata.POSITION.stream().map(name -> field(scanned, name)).toList());
  }

  private static NestedField field(Schema schema, String name) {
    NestedField field = schema.findField(name);
    if (field == null) {
      throw new IllegalStateException(
          "Cannot scan for keys: the table does not have the column: " + name);
    }
    return field;
  }
}
