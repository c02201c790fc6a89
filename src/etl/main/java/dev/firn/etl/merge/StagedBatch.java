package dev.firn.etl.merge;

import dev.firn.etl.judge.Forgotten;
import dev.firn.etl.progress.NextProgress;
import java.util.Map;

/** A batch that an engine has written and that no reader sees yet. */
interface StagedBatch {

  /** What became of the batch's events, those in quarantine not among them. */
  Counts counts();

  /** The changes that wait in quarantine, as nobody can tell whether their rows were deleted. */
  Forgotten forgotten();

  /** How it was done, in one line for people. */
  String plan();

  /**
   * Looks whether the batch can still be published.
   *
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when something else was
   */
  void check();

  /**
   * Makes the batch the table's newest state, all of it or nothing, in a snapshot that names it.
   *
   * @param next the progress of the table then, which is written in the same commit
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when something else was
   */
  void publish(Map<String, String> summary, NextProgress next);

  /** Gives the batch up; does nothing when it is published, or may be. */
  void drop();
}
