package dev.firn.cdc.event;

import dev.firn.cdc.pgoutput.Message;
import dev.firn.cdc.pgoutput.Message.Begin;
import dev.firn.cdc.pgoutput.Message.Commit;
import dev.firn.cdc.pgoutput.Message.Delete;
import dev.firn.cdc.pgoutput.Message.Insert;
import dev.firn.cdc.pgoutput.Message.Relation;
import dev.firn.cdc.pgoutput.Message.Truncate;
import dev.firn.cdc.pgoutput.Message.Update;
import dev.firn.cdc.pgoutput.OldTuple;
import dev.firn.cdc.pgoutput.Tuple;
import dev.firn.contract.Operation;
import dev.firn.contract.Origin;
import dev.firn.contract.Position;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Turns the messages of a stream into change events. The position of an event is the LSN of its
 * transaction's COMMIT record, which Begin announces, and its ordinal among the events of the
 * transaction: the LSN of a single change is neither unique (all rows of a COPY may share one) nor
 * ascending along the stream (transactions interleave in the log).
 */
public final class ChangeAssembler {

  private final int epoch;
  private final Shapes shapes;
  private final RowLookup rows;
  private final RowEvents events;
  private final Map<Long, Known> relations = new HashMap<>();
  private Begin transaction;
  private long seq;

  public ChangeAssembler(int epoch, Shapes shapes, RowLookup rows, EventSink sink) {
    this.epoch = epoch;
    this.shapes = shapes;
    this.rows = rows;
    this.events = new RowEvents(sink, Origin.LOG);
  }

  public boolean isInTransaction() {
    return transaction != null;
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
      transaction = begin;
      seq = 0;
    } else if (message instanceof Commit) {
      transaction = null;
    } else if (message instanceof Relation relation) {
      shapes.described(relation, begin().finalLsn());
      relations.put(relation.oid(), new Known(relation, shapes.since(relation)));
    }
    // Type, Origin and Emitted change no row.
  }

  private void insert(Insert insert) throws IOException {
    Optional<TableShape> shape = shape(insert.relation());
    if (shape.isPresent()) {
      events.written(shape.get(), Operation.INSERT, next(), begin().committedAt(), insert.row());
    }
  }

  private void update(Update update) throws IOException {
    Optional<TableShape> found = shape(update.relation());
    if (found.isEmpty()) {
      return;
    }
    TableShape shape = found.get();
    Optional<OldTuple> old = update.old().map(shape::believed);
    Tuple row = old.isPresent() ? shape.completed(update.row(), old.get()) : update.row();
    // PostgreSQL also sends an unchanged old key if it is in TOAST storage.
    if (old.isPresent() && !shape.hasSameKey(row, old.get().row())) {
      events.deleted(shape, next(), begin().committedAt(), old.get());
      row = afterKeyChange(shape, row);
    } else if (shape.isIncomplete(row)) {
      row = rows.completed(shape, row);
    }
    events.updated(shape, next(), begin().committedAt(), row, old);
  }

  // The lake has the unchanged values under the old key, where a merge of the new key does not
  // look. The source has them under the new key, or has a later value, whose event is later and
  // wins.
  private Tuple afterKeyChange(TableShape shape, Tuple row) {
    return shape.unchanged(row).isEmpty() ? row : rows.completed(shape, row);
  }

  private void delete(Delete delete) throws IOException {
    Optional<TableShape> shape = shape(delete.relation());
    if (shape.isPresent()) {
      OldTuple old = shape.get().believed(delete.old());
      events.deleted(shape.get(), next(), begin().committedAt(), old);
    }
  }

  private void truncate(Truncate truncate) throws IOException {
    for (long relation : truncate.relations()) {
      Optional<TableShape> shape = shape(relation);
      if (shape.isPresent()) {
        events.truncated(shape.get(), next(), begin().committedAt());
      }
    }
  }

  /** Empty for a change of a table that is not captured, and for a change that the snapshot has. */
  private Optional<TableShape> shape(long oid) {
    Known relation = relations.get(oid);
    if (relation == null) {
      throw new IllegalStateException(
          "Cannot read change: no Relation message precedes it: relation " + oid);
    }
    long lsn = begin().finalLsn();
    return lsn < relation.since ? Optional.empty() : relation.shape(shapes, lsn);
  }

  private Position next() {
    return new Position(epoch, begin().finalLsn(), seq++);
  }

  private Begin begin() {
    if (transaction == null) {
      throw new IllegalStateException("Cannot read change: it is outside a transaction");
    }
    return transaction;
  }

  /**
   * A relation as its last message described it. Its shape is looked up for the first change that
   * needs it: earlier changes, which the snapshot has, may have a shape that cannot be captured.
   */
  private static final class Known {

    private final Relation relation;
    private final long since;
    private Optional<TableShape> shape;

    Known(Relation relation, long since) {
      this.relation = relation;
      this.since = since;
    }

    Optional<TableShape> shape(Shapes shapes, long lsn) {
      if (shape == null) {
        shape = shapes.shape(relation, lsn);
      }
      return shape;
    }
  }
}
