package dev.firn.engine.typing;

import dev.firn.contract.Operation;
import dev.firn.contract.Origin;
import dev.firn.contract.Position;

/**
 * Parses the fields before the images of an event, in the order in which the producer writes them.
 */
final class Envelope {

  private static final byte[] OPERATION = JsonText.ascii(",\"op\":\"");
  private static final byte[] EPOCH = JsonText.ascii("\",\"epoch\":");
  private static final byte[] LSN = JsonText.ascii(",\"lsn\":");
  private static final byte[] SEQ = JsonText.ascii(",\"seq\":");
  private static final byte[] COMMITTED_AT = JsonText.ascii(",\"committed_at\":");
  private static final byte[] SCHEMA = JsonText.ascii(",\"schema\":\"");
  private static final byte[] KEY = JsonText.ascii("\",\"key\":");
  private static final byte[] SNAPSHOT_KEY = JsonText.ascii("\",\"origin\":\"snapshot\",\"key\":");
  private static final byte[] REPAIR_KEY = JsonText.ascii("\",\"origin\":\"repair\",\"key\":");

  private final JsonText json;
  private final byte[] table;
  private final DocumentPlan[] documents;
  private Operation operation = Operation.TRUNCATE;
  private int epoch;
  private long lsn;
  private long seq;
  private long committedAt;
  private final byte[] committedText = new byte[TimeBytes.LONGEST + 3];
  private int committedLength;
  private DocumentPlan document;
  private Origin origin = Origin.LOG;

  Envelope(JsonText json, TypingPlan plan) {
    this.json = json;
    this.table = plan.head;
    this.documents = plan.documents;
    this.document = documents.length == 0 ? null : documents[0];
  }

  /** Reads everything up to the value of the key. */
  boolean take() {
    return json.take(table)
        && json.takeInteger()
        && json.take(OPERATION)
        && takeOperation()
        && json.take(EPOCH)
        && takeEpoch()
        && json.take(LSN)
        && takeLsn()
        && json.take(SEQ)
        && takeSeq()
        && json.take(COMMITTED_AT)
        && takeCommittedAt()
        && json.take(SCHEMA)
        && takeDocument()
        && takeOrigin();
  }

  Operation operation() {
    return operation;
  }

  Position position() {
    return new Position(epoch, lsn, seq);
  }

  /** In microseconds since 1970. */
  long committedAt() {
    return committedAt;
  }

  DocumentPlan document() {
    return document;
  }

  Origin origin() {
    return origin;
  }

  // Compared together with the name of the key, so that events from the log, which are the
  // majority, cost nothing more.
  private boolean takeOrigin() {
    if (json.take(KEY)) {
      origin = Origin.LOG;
      return true;
    }
    boolean copied = json.take(SNAPSHOT_KEY);
    origin = copied ? Origin.SNAPSHOT : Origin.REPAIR;
    return copied || json.take(REPAIR_KEY);
  }

  private boolean takeOperation() {
    switch (json.peek()) {
      case 'c' -> operation = Operation.INSERT;
      case 'u' -> operation = Operation.UPDATE;
      case 'd' -> operation = Operation.DELETE;
      case 'r' -> operation = Operation.READ;
      default -> {
        return false;
      }
    }
    json.moveTo(json.at() + 1);
    return true;
  }

  private boolean takeEpoch() {
    boolean taken = json.takeInteger() && json.number() == (int) json.number();
    epoch = (int) json.number();
    return taken && epoch >= 0;
  }

  private boolean takeLsn() {
    boolean taken = json.takeInteger();
    lsn = json.number();
    return taken && lsn >= 0;
  }

  private boolean takeSeq() {
    boolean taken = json.takeInteger();
    seq = json.number();
    return taken && seq >= 0;
  }

  // All events of a transaction, and all rows of a snapshot, have the same time.
  private boolean takeCommittedAt() {
    if (committedLength > 0 && json.take(committedText, 0, committedLength)) {
      return true;
    }
    if (!json.takeString() || json.to() == json.from() || json.bytes()[json.to() - 1] != 'Z') {
      return false;
    }
    long micros = TimeBytes.micros(json.bytes(), json.from(), json.to() - 1);
    if (micros == TimeBytes.NONE) {
      return false;
    }
    committedAt = micros;
    committedLength = json.to() + 2 - json.from();
    System.arraycopy(json.bytes(), json.from() - 1, committedText, 0, committedLength);
    return true;
  }

  private boolean takeDocument() {
    if (document != null && json.take(document.fingerprint)) {
      return true;
    }
    for (DocumentPlan other : documents) {
      if (json.take(other.fingerprint)) {
        document = other;
        return true;
      }
    }
    return false;
  }
}
