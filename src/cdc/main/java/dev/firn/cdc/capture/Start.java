package dev.firn.cdc.capture;

import dev.firn.cdc.snapshot.Lake;

/** Where a capture begins. */
sealed interface Start {

  int epoch();

  /** With a new slot and a copy of all tables. */
  record Snapshot(int epoch, Leftover leftover, Lake lake) implements Start {}

  /**
   * Where the slot was acknowledged.
   *
   * @param acknowledged that LSN
   */
  record Resume(int epoch, long acknowledged, Timeline timeline) implements Start {}

  /** What an earlier beginning left behind in the source. */
  enum Leftover {
    NOTHING,
    SLOT
  }

  /** Which history of the cluster the slot goes on in. */
  enum Timeline {
    SAME,
    /** A standby was promoted that had kept the slot. */
    NEW
  }
}
