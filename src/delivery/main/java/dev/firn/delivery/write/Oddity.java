package dev.firn.delivery.write;

/** What Firehose may do and a reader of its files must tolerate; enabled by tests. */
public enum Oddity {
  /** Every other file is written twice, under two names. */
  DUPLICATES,

  /** Of two files of a table and hour, the later one arrives first. */
  REORDER,

  /** A file is several gzip members, of a few records each. */
  MEMBERS,

  /** The newline that ends a record is left out. */
  NO_NEWLINES
}
