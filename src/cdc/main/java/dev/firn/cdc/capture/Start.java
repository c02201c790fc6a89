package dev.firn.cdc.capture;

/** Where a capture begins. */
sealed interface Start {

  int epoch();

  /** With a new slot and a copy of all tables. */
  record Snapshot(int epoch, Leftover leftover) implements Start {}

  /**
   * Where the slot was acknowledged.
   *
   * @param acknowledged that LSN
   */
  record Resume(int epoch, long acknowledged) implements Start {}

  /** What an earlier beginning left behind. */
  enum Leftover {
    NOTHING,
    SLOT
  }
}
