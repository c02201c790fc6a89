package dev.firn.contract;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;

/**
 * The line of one change event in the making: {@link #writtenAt} and {@link #origin}, which hold
 * until they are called again, {@link #begin}, then the images in the order key, before, after,
 * then {@link #unchanged} and {@link #end}. What envelope and values look like on the wire is
 * decided here; the values themselves are written into {@link #values()}.
 *
 * <p>One is used for many events, each valid until the next begins. Not safe for use by several
 * threads.
 */
public final class EventLine {

  private static final DateTimeFormatter MICROSECONDS =
      new DateTimeFormatterBuilder().appendInstant(6).toFormatter();

  private static final byte[] TABLE = JsonBytes.fieldName(Fields.TABLE);
  private static final byte[] EVENT_TIMESTAMP = JsonBytes.fieldName(Fields.EVENT_TIMESTAMP);
  private static final byte[] OPERATION = JsonBytes.fieldName(Fields.OPERATION);
  private static final byte[] EPOCH = JsonBytes.fieldName(Fields.EPOCH);
  private static final byte[] LSN = JsonBytes.fieldName(Fields.LSN);
  private static final byte[] SEQ = JsonBytes.fieldName(Fields.SEQ);
  private static final byte[] COMMITTED_AT = JsonBytes.fieldName(Fields.COMMITTED_AT);
  private static final byte[] SCHEMA = JsonBytes.fieldName(Fields.SCHEMA);
  private static final byte[] ORIGIN = JsonBytes.fieldName(Fields.ORIGIN);
  private static final byte[] KEY = JsonBytes.fieldName(Fields.KEY);
  private static final byte[] BEFORE = JsonBytes.fieldName(Fields.BEFORE);
  private static final byte[] AFTER = JsonBytes.fieldName(Fields.AFTER);
  private static final byte[] UNCHANGED = JsonBytes.fieldName(Fields.UNCHANGED);

  private final JsonBytes json = new JsonBytes();
  private TableVersion source;
  private Operation operation;
  private Position position;
  private Instant committedAt = Instant.EPOCH;
  private Origin origin = Origin.LOG;
  private long writtenAt;
  private boolean stale = true;
  private byte[] head = {};
  private byte[] tail = {};
  private int keyFrom;
  private int keyTo;

  /**
   * When the producer writes the events from now on. It places them in an hour folder, and does
   * nothing else: an event that is sent again may have another time.
   *
   * @param seconds whole, since 1970: Firehose's jq finds the hour folder by them
   */
  public void writtenAt(long seconds) {
    stale |= seconds != writtenAt;
    writtenAt = seconds;
  }

  /** What the events from now on are made from. */
  public void origin(Origin from) {
    stale |= from != origin;
    origin = from;
  }

  /** Forgets the event before, and writes the envelope of the next. */
  public void begin(
      TableVersion eventSource, Operation what, Position where, Instant transactionEnd) {
    if (stale || !eventSource.equals(source) || !transactionEnd.equals(committedAt)) {
      source = eventSource;
      committedAt = transactionEnd;
      head = head();
      tail = tail();
      stale = false;
    }
    operation = what;
    position = where;
    json.clear();
    json.verbatim(head, 0, head.length);
    json.field(OPERATION);
    json.string(operation.code());
    number(EPOCH, position.epoch());
    number(LSN, position.lsn());
    number(SEQ, position.seq());
    json.verbatim(tail, 0, tail.length);
  }

  public void beginKey() {
    json.field(KEY);
    keyFrom = json.size();
    json.startObject();
  }

  public void endKey() {
    json.endObject();
    keyTo = json.size();
  }

  public void beginBefore() {
    json.field(BEFORE);
    json.startObject();
  }

  public void beginAfter() {
    json.field(AFTER);
    json.startObject();
  }

  public void endValues() {
    json.endObject();
  }

  /** The columns whose values are unknown, if there are any. */
  public void unchanged(List<String> columns) {
    if (columns.isEmpty()) {
      return;
    }
    json.field(UNCHANGED);
    json.startArray();
    for (String column : columns) {
      json.element();
      json.string(column);
    }
    json.endArray();
  }

  public void end() {
    json.endObject();
    json.put((byte) '\n');
  }

  /** Where the values of an image go, each as a field; after {@link #end()} the whole line. */
  public JsonBytes values() {
    return json;
  }

  public TableVersion source() {
    return source;
  }

  public Operation operation() {
    return operation;
  }

  public Position position() {
    return position;
  }

  public Instant committedAt() {
    return committedAt;
  }

  /** Whole seconds since 1970. */
  public long writtenAt() {
    return writtenAt;
  }

  /** Where the object of the key begins in the line. */
  public int keyFrom() {
    return keyFrom;
  }

  /** Where the object of the key ends in the line, exclusive. */
  public int keyTo() {
    return keyTo;
  }

  static String timestamp(Instant instant) {
    return MICROSECONDS.format(instant);
  }

  /** What is the same for all events of a table in a second, before their position. */
  private byte[] head() {
    JsonBytes out = new JsonBytes();
    out.startObject();
    out.field(TABLE);
    out.string(source.table().value());
    out.field(EVENT_TIMESTAMP);
    out.number(writtenAt);
    return out.toByteArray();
  }

  /** What is the same for all events of a table in a transaction, behind their position. */
  private byte[] tail() {
    JsonBytes out = new JsonBytes();
    out.put((byte) ',');
    out.verbatim(COMMITTED_AT, 0, COMMITTED_AT.length);
    out.string(timestamp(committedAt));
    out.field(SCHEMA);
    out.string(source.fingerprint());
    if (origin != Origin.LOG) {
      out.field(ORIGIN);
      out.string(origin.text());
    }
    return out.toByteArray();
  }

  private void number(byte[] field, long number) {
    json.field(field);
    json.number(number);
  }
}
