package dev.firn.cdc.event;

import dev.firn.cdc.pgoutput.Message;
import dev.firn.cdc.pgoutput.Message.Begin;
import dev.firn.cdc.pgoutput.Message.Commit;
import dev.firn.cdc.pgoutput.Message.Delete;
import dev.firn.cdc.pgoutput.Message.Insert;
import dev.firn.cdc.pgoutput.Message.Relation;
import dev.firn.cdc.pgoutput.Message.Truncate;
import dev.firn.cdc.pgoutput.Message.Update;
import dev.firn.cdc.pgoutput.OldRow;
import dev.firn.cdc.pgoutput.Tuple;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.RowImage;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the messages of a stream into change events. The position of an event is the LSN of its
 * transaction's COMMIT record, which Begin announces, and its ordinal among the events of the
 * transaction: the LSN of a single change is neither unique (all rows of a COPY may share one) nor
 * does it grow along the stream (transactions run side by side in the log).
 */
public final class ChangeAssembler {

  private final int epoch;
  private final Shapes shapes;
  private final RowLookup rows;
  private final EventSink sink;
  private final Map<Long, Optional<TableShape>> relations = new HashMap<>();
  private Optional<Begin> transaction = Optional.empty();
  private long seq;

  public ChangeAssembler(int epoch, Shapes shapes, RowLookup rows, EventSink sink) {
    this.epoch = epoch;
    this.shapes = shapes;
    this.rows = rows;
    this.sink = sink;
  }

  public boolean isInTransaction() {
    return transaction.isPresent();
  }

  public void accept(Message message) throws IOException {
    if (message instanceof Insert insert) {
      insert(insert);
    } else if (message instanceof Update update) {
      update(update);
    } else if (message instanceof Delete delete) {
      delete(delete);
    } else if (message instanceof Truncate truncate) {
      truncate(truncate);
    } else if (message instanceof Begin begin) {
      transaction = Optional.of(begin);
      seq = 0;
    } else if (message instanceof Commit) {
      transaction = Optional.empty();
    } else if (message instanceof Relation relation) {
      relations.put(relation.oid(), shapes.shape(relation));
    }
    // Type, Origin and Emitted change no row.
  }

  private void insert(Insert insert) throws IOException {
    Optional<TableShape> shape = shape(insert.relation());
    if (shape.isPresent()) {
      emit(shape.get(), Operation.INSERT, shape.get().written(insert.row()));
    }
  }

  private void update(Update update) throws IOException {
    Optional<TableShape> found = shape(update.relation());
    if (found.isEmpty()) {
      return;
    }
    TableShape shape = found.get();
    Tuple row = shape.completed(update.row(), update.old());
    Map<String, Object> before = shape.before(update.old());
    Map<String, Object> key = shape.key(row);
    // PostgreSQL also sends an old key that did not change, when it lies in TOAST storage.
    Map<String, Object> oldKey = update.old().map(old -> shape.key(old.row())).orElse(key);
    if (!oldKey.equals(key)) {
      emit(shape, Operation.DELETE, new RowImage(oldKey, before, Map.of(), List.of()));
      row = afterKeyChange(shape, row);
    }
    List<String> unchanged = shape.unchanged(row).stream().map(ShapeColumn::name).toList();
    emit(shape, Operation.UPDATE, new RowImage(key, before, shape.values(row), unchanged));
  }

  // The unchanged values stand in the lake under the old key, where nobody looks for the new one.
  // The source has them under the new key, or a later value, whose own event is later and wins.
  private Tuple afterKeyChange(TableShape shape, Tuple row) {
    return shape.unchanged(row).isEmpty() ? row : rows.completed(shape, row);
  }

  private void delete(Delete delete) throws IOException {
    Optional<TableShape> shape = shape(delete.relation());
    if (shape.isPresent()) {
      OldRow old = delete.old();
      Map<String, Object> before = shape.get().before(Optional.of(old));
      RowImage image = new RowImage(shape.get().key(old.row()), before, Map.of(), List.of());
      emit(shape.get(), Operation.DELETE, image);
    }
  }

  private void truncate(Truncate truncate) throws IOException {
    for (long relation : truncate.relations()) {
      Optional<TableShape> shape = shape(relation);
      if (shape.isPresent()) {
        emit(shape.get(), Operation.TRUNCATE, RowImage.EMPTY);
      }
    }
  }

  private Optional<TableShape> shape(long relation) {
    Optional<TableShape> shape = relations.get(relation);
    if (shape == null) {
      throw new IllegalStateException(
          "Cannot read change: no Relation message came before it: relation " + relation);
    }
    return shape;
  }

  private void emit(TableShape shape, Operation operation, RowImage row) throws IOException {
    Begin begin =
        transaction.orElseThrow(
            () -> new IllegalStateException("Cannot read change: it is outside a transaction"));
    Position position = new Position(epoch, begin.finalLsn(), seq++);
    sink.append(
        shape, new ChangeEvent(shape.version(), operation, position, begin.committedAt(), row));
  }
}
