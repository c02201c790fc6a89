package dev.firn.contract;

/** The field names of a change event on the wire, in the order they are written. */
final class Fields {

  static final String TABLE = "table";
  static final String EVENT_TIMESTAMP = "event_timestamp";
  static final String OPERATION = "op";
  static final String EPOCH = "epoch";
  static final String LSN = "lsn";
  static final String SEQ = "seq";
  static final String COMMITTED_AT = "committed_at";
  static final String SCHEMA = "schema";
  static final String ORIGIN = "origin";
  static final String KEY = "key";
  static final String BEFORE = "before";
  static final String AFTER = "after";
  static final String UNCHANGED = "unchanged";

  private Fields() {}
}
