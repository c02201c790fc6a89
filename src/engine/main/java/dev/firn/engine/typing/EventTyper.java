package dev.firn.engine.typing;

import dev.firn.contract.Operation;
import dev.firn.contract.Origin;
import dev.firn.contract.Position;
import dev.firn.engine.row.ChangeWriter;

/**
 * Types events in the usual form of Firn's producer directly from their bytes into a change: every
 * field and column is expected and compared at its place, and only the values are parsed. All other
 * records, valid or not, are left to {@link dev.firn.contract.ChangeEventReader} and {@link
 * RowBinding}; these would also accept every event accepted here, with the same result. Not
 * thread-safe.
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
   * Types the record that starts at {@code offset}; its change is then at the start of {@code
   * into.bytes()}.
   *
   * @return the index after the record's closing brace; -1 if the record must be read with the slow
   *     reader, because it is unusual, invalid, or does not end before {@code limit}
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

  /** The position of the last typed record. */
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

  // A change log keeps the old row, if it was sent; a mirror only the key.
  private boolean typeDelete() {
    boolean before = json.take(BEFORE);
    if (!changeLog) {
      return (!before || images.passRow()) && images.typeKey();
    }
    return before ? images.typeRow() : images.typeNothing();
  }
}
