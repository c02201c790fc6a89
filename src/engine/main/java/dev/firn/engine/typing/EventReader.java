package dev.firn.engine.typing;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.RowImage;
import dev.firn.contract.TableToken;
import dev.firn.engine.row.ChangeWriter;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.row.RowValues;
import dev.firn.engine.schema.SourceSchema;
import java.io.Serializable;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.util.DateTimeUtil;

/**
 * Converts the events of one table into changes of its rows, by the schema document that each event
 * names. It is serialized to the executors.
 */
public final class EventReader implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int[] NONE = {};
  private static final Instant FIRST_COMMIT = ValueConverter.FIRST_TIME.toInstant(ZoneOffset.UTC);
  private static final Instant LAST_COMMIT = ValueConverter.LAST_TIME.toInstant(ZoneOffset.UTC);

  private final String table;
  private final boolean changeLog;
  private final RowShape shape;
  private final TypingPlan typing;
  private final Map<String, RowBinding> bindings = new HashMap<>();

  /**
   * @param schema of the lake's table, after its evolution
   * @param changeLog whether every event becomes a row, because the table has no key
   */
  public EventReader(
      TableToken table, Schema schema, List<SourceSchema> sources, boolean changeLog) {
    this.table = table.value();
    this.changeLog = changeLog;
    this.shape = RowShape.of(schema);
    this.typing = TypingPlan.of(table, schema, sources, changeLog);
    for (SourceSchema source : sources) {
      bindings.put(source.fingerprint(), RowBinding.of(source, schema));
    }
  }

  /** The columns of the rows. */
  public RowShape shape() {
    return shape;
  }

  public TypingPlan typing() {
    return typing;
  }

  /** Whether the event removes every older row of the table. */
  public boolean isTruncation(ChangeEvent event) {
    return event.operation() == Operation.TRUNCATE && !changeLog;
  }

  /**
   * Rejects an event that cannot belong to this table.
   *
   * @throws UnfitValueException with the reason
   */
  public void check(ChangeEvent event) {
    if (!event.table().value().equals(table)) {
      throw new UnfitValueException("the event belongs to another table: " + event.table());
    }
    if (bindings.get(event.source().fingerprint()) == null) {
      throw new UnfitValueException(
          "its schema document is missing in the raw zone: " + event.source().fingerprint());
    }
    String conflict = binding(event).conflict();
    if (!conflict.isEmpty()) {
      throw new UnfitValueException(conflict);
    }
  }

  /**
   * Writes the change of an event.
   *
   * @throws UnfitValueException when the event cannot become a row of this table
   */
  public void read(ChangeEvent event, ChangeWriter change) {
    RowImage row = event.row();
    RowBinding binding = binding(event);
    if (changeLog) {
      write(event, logged(row, binding), NONE, change);
    } else if (event.operation() == Operation.DELETE) {
      write(event, binding.keyRow(row.key()), NONE, change);
    } else {
      binding.key(row.key());
      int[] unknown = binding.ordinals(row.unchanged());
      write(event, binding.row(row.after(), row.unchanged()), unknown, change);
    }
  }

  private RowBinding binding(ChangeEvent event) {
    return bindings.get(event.source().fingerprint());
  }

  // A change log keeps the event's content: for a delete the old row, if it was sent.
  private static Object[] logged(RowImage row, RowBinding binding) {
    Map<String, Object> image = row.after().isEmpty() ? row.before() : row.after();
    return image.isEmpty() ? binding.emptyRow() : binding.row(image, row.unchanged());
  }

  private void write(ChangeEvent event, Object[] values, int[] unknown, ChangeWriter change) {
    change.begin();
    int[] places = shape.source();
    for (int i = 0; i < places.length; i++) {
      NestedField field = shape.schema().columns().get(places[i]);
      RowValues.write(change.row(), places[i], field.type(), values[i]);
    }
    change.end(event.operation(), event.position(), micros(event.committedAt()), unknown);
  }

  // The transaction may have been committed on any server, with any clock. The time is only for
  // people: if the lake's readers do not support its year, the nearest supported time is stored.
  private static long micros(Instant committedAt) {
    Instant shown = committedAt.isAfter(LAST_COMMIT) ? LAST_COMMIT : committedAt;
    return DateTimeUtil.microsFromInstant(shown.isBefore(FIRST_COMMIT) ? FIRST_COMMIT : shown);
  }
}
