package dev.firn.local.workload;

import java.util.List;

/** What the workload does before it looks at the clock again. */
sealed interface Step {

  /** How many changes it makes, taken back or not. */
  int size();

  /** A transaction that is committed. */
  record Commit(List<Change> changes) implements Step {

    static Commit of(Change... changes) {
      return new Commit(List.of(changes));
    }

    @Override
    public int size() {
      return changes.size();
    }
  }

  /** A transaction that is rolled back at its end. */
  record Rollback(List<Change> changes) implements Step {

    @Override
    public int size() {
      return changes.size();
    }
  }

  /**
   * Two transactions on two connections, change by change in turns. The first begins first and
   * commits last: the log has its changes before the other's, and its commit after.
   */
  record SideBySide(List<Change> first, List<Change> second) implements Step {

    @Override
    public int size() {
      return first.size() + second.size();
    }
  }
}
