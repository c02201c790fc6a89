package dev.firn.engine.typing;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventReader;
import dev.firn.contract.Operation;
import dev.firn.contract.Origin;
import dev.firn.contract.Position;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.engine.row.ChangeWriter;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.row.RowValues;
import dev.firn.engine.schema.SourceSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.iceberg.Schema;

/** Types events by their maps of values: the reference for the fast typer. */
final class ReferenceTyper {

  private final String table;
  private final boolean changeLog;
  private final RowShape shape;
  private final Map<String, RowBinding> bindings = new HashMap<>();
  private Origin origin = Origin.LOG;

  ReferenceTyper(Schema schema, List<SchemaDocument> documents, boolean changeLog) {
    this.table = documents.get(0).table().value();
    this.changeLog = changeLog;
    this.shape = RowShape.of(schema);
    documents.forEach(
        d -> bindings.put(d.fingerprint(), RowBinding.of(SourceSchema.of(d), schema)));
  }

  /**
   * @throws RuntimeException when the record is refused
   */
  Position type(byte[] bytes, int offset, int length, ChangeWriter into) {
    ChangeEvent event = ChangeEventReader.read(bytes, offset, length);
    RowBinding binding = bindings.get(event.source().fingerprint());
    if (!event.table().value().equals(table) || binding == null || !binding.conflict().isEmpty()) {
      throw new UnfitValueException("not of this table");
    }
    if (event.operation() == Operation.TRUNCATE) {
      throw new UnfitValueException("no row");
    }
    RowImage row = event.row();
    boolean known = changeLog || event.operation() == Operation.DELETE;
    int[] unknown = known ? new int[0] : binding.ordinals(row.unchanged());
    Object[] values = changeLog ? logged(row, binding) : changed(event, binding);
    into.begin();
    int[] places = shape.source();
    for (int i = 0; i < places.length; i++) {
      var type = shape.schema().columns().get(places[i]).type();
      RowValues.write(into.row(), places[i], type, values[i]);
    }
    into.end(event.operation(), event.position(), RowValues.micros(event.committedAt()), unknown);
    origin = event.origin();
    return event.position();
  }

  /** The position of the last typed record. */
  Origin origin() {
    return origin;
  }

  private Object[] changed(ChangeEvent event, RowBinding binding) {
    RowImage row = event.row();
    Object[] key = binding.keyRow(row.key());
    if (event.operation() == Operation.DELETE) {
      return key;
    }
    Object[] values = binding.row(row.after(), row.unchanged());
    for (int ordinal : RowBinding.keyOrdinals(shape.schema())) {
      if (!Objects.deepEquals(key[ordinal], values[ordinal])) {
        throw new UnfitValueException("the key is of another row");
      }
    }
    return values;
  }

  private static Object[] logged(RowImage row, RowBinding binding) {
    Map<String, Object> image = row.after().isEmpty() ? row.before() : row.after();
    return image.isEmpty() ? binding.emptyRow() : binding.row(image, row.unchanged());
  }
}
