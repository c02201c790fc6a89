package dev.firn.engine.typing;

import dev.firn.contract.Column;
import dev.firn.contract.JsonBytes;
import dev.firn.contract.SchemaDocument;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.schema.LakeColumns;
import dev.firn.engine.schema.LakeTypes;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The columns of one schema document in the order of its events, and the place of each in a row.
 */
final class DocumentPlan implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Eight hexadecimal digits. */
  final byte[] fingerprint;

  final ColumnPlan[] columns;

  /** Indexes among {@link #columns} of the key's columns, in the order of the key. */
  final int[] key;

  /** Whether a column belongs to the key. */
  final boolean[] isKey;

  /** Places of the source's columns that this document does not have. */
  final int[] absent;

  /** Places of the source's columns that do not belong to the key. */
  final int[] beside;

  private DocumentPlan(SchemaDocument document, RowShape shape) {
    List<Column> source = document.columns();
    this.fingerprint = JsonText.ascii(document.fingerprint());
    this.columns = source.stream().map(c -> column(c, shape)).toArray(ColumnPlan[]::new);
    this.key = document.keyColumns().stream().mapToInt(source::indexOf).toArray();
    this.isKey = new boolean[columns.length];
    Arrays.stream(key).forEach(i -> isKey[i] = true);
    int[] present = Arrays.stream(columns).mapToInt(column -> column.place).toArray();
    int[] keyPlaces = Arrays.stream(key).map(i -> columns[i].place).toArray();
    this.absent = without(shape.source(), present);
    this.beside = without(shape.source(), keyPlaces);
  }

  /** The plan of a document all of whose columns exist in the lake's table. */
  static DocumentPlan of(SchemaDocument document, RowShape shape) {
    return new DocumentPlan(document, shape);
  }

  private static ColumnPlan column(Column column, RowShape shape) {
    NestedField field = LakeColumns.find(shape.schema(), column.name()).orElseThrow();
    int place = shape.schema().columns().indexOf(field);
    int ordinal = Arrays.binarySearch(shape.source(), place);
    byte[] name = JsonBytes.fieldName(column.name());
    return ColumnPlan.of(name, place, ordinal, LakeTypes.of(column), field.type());
  }

  private static int[] without(int[] places, int[] others) {
    return Arrays.stream(places)
        .filter(place -> Arrays.stream(others).noneMatch(other -> other == place))
        .toArray();
  }
}
