package dev.firn.contract;

import java.io.Serializable;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a change in the history of a database. Positions order all changes, and no two
 * changes of a table share one.
 *
 * @param epoch counts restarts of history (new slot, re-snapshot, failover without the slot), from
 *     1
 * @param lsn the LSN of the COMMIT record of the transaction, in bytes of WAL; for a row read by
 *     the snapshot the byte before the slot's consistent point, so that any streamed change is
 *     later
 * @param seq the ordinal of the change inside its transaction, or of the row inside its table's
 *     snapshot, from 0
 */
public record Position(int epoch, long lsn, long seq)
    implements Comparable<Position>, Serializable {

  /** Before every change: the position of a value whose origin is unknown. */
  public static final Position NONE = new Position(0, 0, 0);

  private static final Pattern TEXT =
      Pattern.compile("(\\d{1,10})/([0-9A-F]{1,8})-([0-9A-F]{1,8})/(\\d{1,19})");

  private static final Comparator<Position> ORDER =
      Comparator.comparingInt(Position::epoch)
          .thenComparingLong(Position::lsn)
          .thenComparingLong(Position::seq);

  public Position {
    if (epoch < 0 || lsn < 0 || seq < 0) {
      throw new IllegalArgumentException(
          "Cannot use position: epoch, lsn and seq are 0 or more (an lsn below 2^63): %s/%s/%s"
              .formatted(epoch, lsn, seq));
    }
  }

  /** Reads what {@link #toString} writes. */
  public static Position parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Cannot read position: not epoch/LSN/seq: " + text);
    }
    long lsn = Long.parseLong(matcher.group(2), 16) << 32 | Long.parseLong(matcher.group(3), 16);
    return new Position(Integer.parseInt(matcher.group(1)), lsn, Long.parseLong(matcher.group(4)));
  }

  /** The greater of two. */
  public static Position later(Position one, Position other) {
    return one.isAfter(other) ? one : other;
  }

  public boolean isAfter(Position other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Position other) {
    return ORDER.compare(this, other);
  }

  /**
   * For people: {@code epoch/LSN/seq} with the LSN as PostgreSQL prints it, {@code 1/16D-53A8/3}.
   */
  @Override
  public String toString() {
    return "%s/%X-%X/%s".formatted(epoch, lsn >>> 32, lsn & 0xFFFFFFFFL, seq);
  }
}
