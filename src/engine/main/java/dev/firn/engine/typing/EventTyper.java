package dev.firn.engine.typing;

import dev.firn.contract.Operation;
import dev.firn.contract.Origin;
import dev.firn.contract.Position;
import dev.firn.engine.row.ChangeWriter;

/**
 * Types events that look as Firn's producer writes them straight from their bytes into a change:
 * every field and column is expected in its place and compared, and only the values are read.
 * Anything else, right or wrong, is left to {@link dev.firn.contract.ChangeEventReader} and {@link
 * RowBinding}; what is accepted here they would have accepted, with the same result. Not for
 * several threads.
 */
public final class EventTyper {

  private static final byte[] BEFORE = JsonText.ascii(",\"before\":");
  private static final byte[] AFTER = JsonText.ascii(",\"after\":");
  private static final int[] NONE_UNKNOWN = {};

  private final JsonText json = new JsonText();
  private final boolean changeLog;
  private final Envelope envelope;
  private final ImageTyper images;

  public EventTyper(TypingPlan plan) {
    this.changeLog = plan.changeLog;
    this.envelope = new Envelope(json, plan);
    this.images = new ImageTyper(json, plan.changeLog);
  }

  /**
   * Types the record that begins at {@code offset}; its change is then at the front of {@code
   * into.bytes()}.
   *
   * @return the index behind the record's closing brace; -1 when the record is to be read the slow
   *     way, because it is unusual, wrong, or not all of it is before {@code limit}
   */
  public int type(byte[] bytes, int offset, int limit, ChangeWriter into) {
    json.over(bytes, offset, limit);
    if (!envelope.take() || !images.begin(envelope.document(), into)) {
      return -1;
    }
    boolean typed = envelope.operation() == Operation.DELETE ? typeDelete() : typeWritten();
    if (!typed || !json.take('}')) {
      return -1;
    }
    int[] unknown = changeLog ? NONE_UNKNOWN : images.unknown();
    into.end(envelope.operation(), envelope.position(), envelope.committedAt(), unknown);
    return json.at();
  }

  /** Of the record that was typed last. */
  public Position position() {
    return envelope.position();
  }

  Operation operation() {
    return envelope.operation();
  }

  public Origin origin() {
    return envelope.origin();
  }

  private boolean typeWritten() {
    boolean passed = !json.take(BEFORE) || images.passRow();
    return passed && json.take(AFTER) && images.typeRow();
  }

  // A change log keeps the old row, where it was sent; a mirror the key alone.
  private boolean typeDelete() {
    boolean before = json.take(BEFORE);
    if (!changeLog) {
      return (!before || images.passRow()) && images.typeKey();
    }
    return before ? images.typeRow() : images.typeNothing();
  }
}
