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

  /** What an earlier, unfinished start left in the source. */
  enum Leftover {
    NOTHING,
    SLOT
  }

  /** The timeline of the cluster on which the slot continues. */
  enum Timeline {
    SAME,
    /** A standby that kept a copy of the slot was promoted. */
    NEW
  }
}
