package dev.firn.contract;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;

/**
 * Builds the line of one change event. Call {@link #writtenAt} and {@link #origin}, whose values
 * hold until the next call, then {@link #begin}, the images in the order key, before, after, and
 * finally {@link #unchanged} and {@link #end}. This class decides the wire format of the envelope;
 * the caller writes the values into {@link #values()}.
 *
 * <p>One instance is reused for many events; a line is valid until the next one begins. Not
 * thread-safe.
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
   * Sets the time of writing of the following events. It only decides the hour folder: an event
   * that is sent again may have a different time.
   *
   * @param seconds whole, since 1970: Firehose's jq finds the hour folder by them
   */
  public void writtenAt(long seconds) {
    stale |= seconds != writtenAt;
    writtenAt = seconds;
  }

  /** Sets the origin of the following events. */
  public void origin(Origin from) {
    stale |= from != origin;
    origin = from;
  }

  /** Clears the previous event and writes the envelope of the next one. */
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

  /**
   * The buffer for the values of an image, each written as a field; after {@link #end()} it holds
   * the whole line.
   */
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

  /** The offset in the line at which the key object starts. */
  public int keyFrom() {
    return keyFrom;
  }

  /** The offset in the line at which the key object ends, exclusive. */
  public int keyTo() {
    return keyTo;
  }

  static String timestamp(Instant instant) {
    return MICROSECONDS.format(instant);
  }

  /** The text before the position, which all events of a table share within a second. */
  private byte[] head() {
    JsonBytes out = new JsonBytes();
    out.startObject();
    out.field(TABLE);
    out.string(source.table().value());
    out.field(EVENT_TIMESTAMP);
    out.number(writtenAt);
    return out.toByteArray();
  }

  /** The text after the position, which all events of a table share within a transaction. */
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
