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
 * Reads the records of one table into changes of its rows, folded as they come. One a task; not for
 * several threads.
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

  /** Of what Firn's own producer writes. */
  static RecordReader ofFirn(EventReader table) {
    EventTyper typer = new EventTyper(table.typing());
    return new RecordReader(RecordFormat.FIRN, table, Optional.of(typer));
  }

  static RecordReader of(RecordFormat format, EventReader table) {
    return new RecordReader(format, table, Optional.empty());
  }

  /**
   * Folds the record that begins here if it looks as Firn's producer writes nearly all of them: so
   * it needs no object a value.
   *
   * @return the index behind it; -1 when it is to be {@link #read}, and nothing happened
   */
  int readUsual(byte[] bytes, int offset, int limit) {
    int end = typer.isPresent() ? typer.get().type(bytes, offset, limit, change) : -1;
    if (end >= 0) {
      fold.add(change.bytes(), 0);
    }
    return end;
  }

  /** Of the record that was {@link #readUsual}. */
  Position position() {
    return typer.orElseThrow().position();
  }

  /** The same. */
  Origin origin() {
    return typer.orElseThrow().origin();
  }

  /**
   * Folds all of a record's changes, or none: the first that does not fit refuses the record.
   *
   * @return the events of the record
   * @throws dev.firn.contract.MalformedRecordException when it cannot be read
   * @throws UnfitValueException when it does not fit the table
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
