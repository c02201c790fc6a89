package dev.firn.engine.batch;

import dev.firn.engine.judge.Forgotten;
import dev.firn.engine.publish.FencedException;
import dev.firn.engine.publish.NextProgress;
import dev.firn.engine.publish.StaleBaseException;
import java.util.Map;

/** A batch that an engine has written and that no reader sees yet. */
public interface UnpublishedBatch {

  /** What became of the batch's events, those in quarantine not among them. */
  EventCounts counts();

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
