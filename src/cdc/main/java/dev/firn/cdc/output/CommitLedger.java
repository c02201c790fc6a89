package dev.firn.cdc.output;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.TreeSet;

/**
 * Knows the highest commit without an older event in flight. Events are numbered as they are
 * appended; they are sent in batches, which are acknowledged in any order; a batch is identified by
 * the number of its first event. Memory grows with the events in flight. Not thread-safe.
 */
final class CommitLedger {

  private final TreeSet<Long> onTheWay = new TreeSet<>();
  private final Deque<Commit> commits = new ArrayDeque<>();
  private long safe;

  private record Commit(long events, long endLsn) {}

  /**
   * A transaction is complete.
   *
   * @param events number of events appended so far, by this transaction and all earlier ones
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

  /** Every event of the batch is durable. */
  void arrived(long firstEvent) {
    onTheWay.remove(firstEvent);
  }

  boolean isEmpty() {
    return onTheWay.isEmpty();
  }

  /** The end LSN of that commit; 0 if there is none. */
  long safe() {
    long lowest = onTheWay.isEmpty() ? Long.MAX_VALUE : onTheWay.first();
    while (!commits.isEmpty() && commits.peekFirst().events() <= lowest) {
      safe = commits.removeFirst().endLsn();
    }
    return safe;
  }
}
