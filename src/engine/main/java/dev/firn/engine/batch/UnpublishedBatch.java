package dev.firn.engine.batch;

import dev.firn.engine.judge.Forgotten;
import dev.firn.engine.publish.FencedException;
import dev.firn.engine.publish.NextProgress;
import dev.firn.engine.publish.StaleBaseException;
import java.util.Map;

/** A batch that an engine has written and that is not yet visible to readers. */
public interface UnpublishedBatch {

  /** The outcomes of the batch's events, without those that were quarantined when read. */
  EventCounts counts();

  /** The changes that go to quarantine, because it is unknown whether their rows were deleted. */
  Forgotten forgotten();

  /** The engine's plan, in one line for people. */
  String plan();

  /**
   * Checks whether the batch can still be published.
   *
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when another change was committed meanwhile
   */
  void check();

  /**
   * Makes the whole batch visible as the table's newest state, in a snapshot that names the batch;
   * or changes nothing.
   *
   * @param next the table's progress after the batch, written in the same commit
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when another change was committed meanwhile
   */
  void publish(Map<String, String> summary, NextProgress next);

  /** Discards the batch; does nothing if the batch is published, or may be. */
  void drop();
}
