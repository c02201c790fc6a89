package dev.firn.source;

import org.postgresql.replication.LogSequenceNumber;

/**
 * Converts LSNs, which are numbers in this code, from and to PostgreSQL's text {@code 16D/53A8}.
 */
public final class Lsn {

  private Lsn() {}

  public static long parse(String text) {
    return LogSequenceNumber.valueOf(text).asLong();
  }

  public static String format(long lsn) {
    return LogSequenceNumber.valueOf(lsn).asString();
  }
}
