package dev.firn.local.workload;

import java.util.List;

/** One step of the workload, between two checks of its pace. */
sealed interface Step {

  /** How many changes it makes, rolled back or not. */
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
   * Two transactions on two connections, which take turns after each change. The first one begins
   * first and commits last: in the WAL its changes come before those of the second, and its commit
   * after.
   */
  record SideBySide(List<Change> first, List<Change> second) implements Step {

    @Override
    public int size() {
      return first.size() + second.size();
    }
  }
}
