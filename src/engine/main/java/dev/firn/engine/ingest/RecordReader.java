package dev.firn.engine.ingest;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Origin;
import dev.firn.contract.Position;
import dev.firn.engine.row.ChangeWriter;
import dev.firn.engine.row.Fold;
import dev.firn.engine.typing.EventReader;
import dev.firn.engine.typing.EventTyper;
import dev.firn.engine.typing.UnfitValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the records of one table into changes of its rows, and folds them immediately. One instance
 * for each task; not thread-safe.
 */
final class RecordReader {

  private final RecordFormat format;
  private final EventReader table;
  private final Optional<EventTyper> typer;
  private final ChangeWriter change;
  private final Fold fold;
  private Optional<Truncation> truncation = Optional.empty();

  private RecordReader(RecordFormat format, EventReader table, Optional<EventTyper> typer) {
    this.format = format;
    this.table = table;
    this.typer = typer;
    this.change = new ChangeWriter(table.shape());
    this.fold = new Fold(table.shape());
  }

  /** A reader for the records of Firn's own producer. */
  static RecordReader ofFirn(EventReader table) {
    EventTyper typer = new EventTyper(table.typing());
    return new RecordReader(RecordFormat.FIRN, table, Optional.of(typer));
  }

  static RecordReader of(RecordFormat format, EventReader table) {
    return new RecordReader(format, table, Optional.empty());
  }

  /**
   * Folds the record that starts here if it has the usual form of Firn's producer. This path
   * creates no object for each value.
   *
   * @return the index after the record; -1 if it must be {@link #read} instead, and nothing was
   *     changed
   */
  int readUsual(byte[] bytes, int offset, int limit) {
    int end = typer.isPresent() ? typer.get().type(bytes, offset, limit, change) : -1;
    if (end >= 0) {
      fold.add(change.bytes(), 0);
    }
    return end;
  }

  /** Position of the last record that {@link #readUsual} has folded. */
  Position position() {
    return typer.orElseThrow().position();
  }

  /** Origin of the last record that {@link #readUsual} has folded. */
  Origin origin() {
    return typer.orElseThrow().origin();
  }

  /**
   * Folds all changes of a record, or none: the first one that does not fit rejects the record.
   *
   * @return the events of the record
   * @throws dev.firn.contract.MalformedRecordException when the record cannot be read
   * @throws UnfitValueException when a value does not fit the table
   */
  List<ChangeEvent> read(byte[] bytes, int offset, int length) {
    List<ChangeEvent> events = format.read(bytes, offset, length);
    events.forEach(table::check);
    if (events.size() == 1) {
      fold(events.get(0));
    } else {
      foldAll(events);
    }
    return events;
  }

  Fold fold() {
    return fold;
  }

  /** The newest TRUNCATE since the last call. */
  Optional<Truncation> takeTruncation() {
    Optional<Truncation> taken = truncation;
    truncation = Optional.empty();
    return taken;
  }

  private void fold(ChangeEvent event) {
    if (table.isTruncation(event)) {
      truncated(event);
    } else {
      table.read(event, change);
      fold.add(change.bytes(), 0);
    }
  }

  private void foldAll(List<ChangeEvent> events) {
    List<byte[]> changes = new ArrayList<>();
    for (ChangeEvent event : events) {
      if (!table.isTruncation(event)) {
        table.read(event, change);
        changes.add(change.bytes().clone());
      }
    }
    changes.forEach(bytes -> fold.add(bytes, 0));
    events.stream().filter(table::isTruncation).forEach(this::truncated);
  }

  private void truncated(ChangeEvent event) {
    Truncation seen = Truncation.of(event.position());
    truncation = Optional.of(truncation.map(seen::combine).orElse(seen));
  }
}
