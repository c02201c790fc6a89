package dev.firn.etl.ingest;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import scala.Tuple2;

/**
 * Turns the events of one table into changes of its rows, by the schema document each event names.
 * It travels to the executors.
 */
public final class TableReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private final String table;
  private final boolean changeLog;
  private final Map<String, RowBinding> bindings = new HashMap<>();

  /**
   * @param schema of the lake's table, after it was brought to these documents
   * @param changeLog every event is a row by itself: the table has no key
   */
  public TableReader(
      TableToken table, Schema schema, List<SchemaDocument> documents, boolean changeLog) {
    this.table = table.value();
    this.changeLog = changeLog;
    for (SchemaDocument document : documents) {
      bindings.put(document.fingerprint(), RowBinding.of(document, schema));
    }
  }

  /**
   * @throws UnfitValueException when the event cannot be a row of this table
   */
  Tuple2<GroupKey, Gathered> read(ChangeEvent event) {
    if (!event.table().value().equals(table)) {
      throw new UnfitValueException("the event is of another table: " + event.table());
    }
    RowBinding binding = binding(event);
    if (changeLog) {
      return new Tuple2<>(GroupKey.position(event.position()), logged(event, binding));
    }
    if (event.operation() == Operation.TRUNCATE) {
      return new Tuple2<>(GroupKey.truncation(), Truncation.of(event.position()));
    }
    Object[] key = binding.key(event.row().key());
    return new Tuple2<>(GroupKey.row(key), changed(event, binding));
  }

  private RowBinding binding(ChangeEvent event) {
    String fingerprint = event.source().fingerprint();
    RowBinding binding = bindings.get(fingerprint);
    if (binding == null) {
      throw new UnfitValueException("its schema document is not in the raw zone: " + fingerprint);
    }
    if (!binding.conflict().isEmpty()) {
      throw new UnfitValueException(binding.conflict());
    }
    return binding;
  }

  private static ChangedRow changed(ChangeEvent event, RowBinding binding) {
    RowImage row = event.row();
    if (event.operation() == Operation.DELETE) {
      return ChangedRow.withoutRow(event, binding.keyRow(row.key()));
    }
    return ChangedRow.written(
        event, binding.row(row.after(), row.unchanged()), binding.ordinals(row.unchanged()));
  }

  // A change log keeps what the event said: of a delete the old row, where it was sent.
  private static ChangedRow logged(ChangeEvent event, RowBinding binding) {
    RowImage row = event.row();
    Map<String, Object> image = row.after().isEmpty() ? row.before() : row.after();
    Object[] values = image.isEmpty() ? binding.emptyRow() : binding.row(image, row.unchanged());
    return ChangedRow.withoutRow(event, values);
  }
}
