package dev.firn.cdc.output;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

/**
 * Knows the highest commit with nothing older on the way. Events are numbered as they are appended;
 * they travel in batches, which arrive in any order; a batch is named by the number of its first
 * event. Grows with what is on the way. Not safe for use by several threads.
 */
final class CommitLedger {

  private final TreeSet<Long> onTheWay = new TreeSet<>();
  private final Deque<Commit> commits = new ArrayDeque<>();
  private long safe;

  private record Commit(long events, long endLsn) {}

  /**
   * A transaction is complete.
   *
   * @param events appended until then, by this transaction and all before
   */
  void committed(long events, long endLsn) {
    Commit last = commits.peekLast();
    if (last != null && last.events() == events) {
      commits.removeLast();
    }
    commits.addLast(new Commit(events, endLsn));
  }

  void begun(long firstEvent) {
    onTheWay.add(firstEvent);
  }

  /** Every event of the batch is safe. */
  void arrived(long firstEvent) {
    onTheWay.remove(firstEvent);
  }

  boolean isEmpty() {
    return onTheWay.isEmpty();
  }

  /** The end of that commit; 0 when there is none. */
  long safe() {
    long lowest = onTheWay.isEmpty() ? Long.MAX_VALUE : onTheWay.first();
    while (!commits.isEmpty() && commits.peekFirst().events() <= lowest) {
      safe = commits.removeFirst().endLsn();
    }
    return safe;
  }
}
