package dev.firn.cdc.capture;

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

  /** What may be in the lake of earlier epochs. */
  enum Lake {
    /** Nothing is known that says otherwise. */
    EMPTY,
    /** Rows that may be gone from the source by now, with no event that says so. */
    HAS_ROWS
  }

  /** Which history of the cluster the slot goes on in. */
  enum Timeline {
    SAME,
    /** A standby was promoted that had kept the slot. */
    NEW
  }
}
