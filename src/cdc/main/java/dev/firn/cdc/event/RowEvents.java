package dev.firn.cdc.event;

import dev.firn.cdc.pgoutput.OldTuple;
import dev.firn.cdc.pgoutput.Tuple;
import dev.firn.contract.EventLine;
import dev.firn.contract.Operation;
import dev.firn.contract.Origin;
import dev.firn.contract.Position;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Writes rows as events into a sink, one line after the other. */
public final class RowEvents {

  private final EventSink sink;
  private final EventLine line = new EventLine();

  /**
   * @param origin from which the rows are read
   */
  public RowEvents(EventSink sink, Origin origin) {
    this.sink = sink;
    line.origin(origin);
  }

  /** Writes a row with all its values. */
  public void written(
      TableShape shape, Operation operation, Position position, Instant committedAt, Tuple row)
      throws IOException {
    begin(shape, operation, position, committedAt);
    key(shape, row);
    after(shape, row);
    end(shape);
  }

  /** All rows of the table were removed. */
  public void truncated(TableShape shape, Position position, Instant committedAt)
      throws IOException {
    begin(shape, Operation.TRUNCATE, position, committedAt);
    line.beginKey();
    line.endKey();
    end(shape);
  }

  void updated(
      TableShape shape, Position position, Instant committedAt, Tuple row, Optional<OldTuple> old)
      throws IOException {
    begin(shape, Operation.UPDATE, position, committedAt);
    key(shape, row);
    before(shape, old);
    after(shape, row);
    List<ShapeColumn> unchanged = shape.unchanged(row);
    if (!unchanged.isEmpty()) {
      line.unchanged(unchanged.stream().map(ShapeColumn::name).toList());
    }
    end(shape);
  }

  void deleted(TableShape shape, Position position, Instant committedAt, OldTuple old)
      throws IOException {
    begin(shape, Operation.DELETE, position, committedAt);
    key(shape, old.row());
    before(shape, Optional.of(old));
    end(shape);
  }

  private void begin(
      TableShape shape, Operation operation, Position position, Instant committedAt) {
    line.writtenAt(sink.writtenAt());
    line.begin(shape.version(), operation, position, committedAt);
  }

  private void key(TableShape shape, Tuple row) {
    line.beginKey();
    shape.writeKey(row, line.values());
    line.endKey();
  }

  // Only if all old values were sent: in a key row the other values are null.
  private void before(TableShape shape, Optional<OldTuple> old) {
    if (old.isPresent() && old.get().isFull()) {
      line.beginBefore();
      shape.writeValues(old.get().row(), line.values());
      line.endValues();
    }
  }

  private void after(TableShape shape, Tuple row) {
    line.beginAfter();
    shape.writeValues(row, line.values());
    line.endValues();
  }

  private void end(TableShape shape) throws IOException {
    line.end();
    sink.append(shape, line);
  }
}
