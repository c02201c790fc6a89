package dev.firn.engine.publish;

import dev.firn.console.Backoff;
import dev.firn.contract.fault.Failpoint;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * Brings a batch into its table. Every engine publishes by this one rule: look whether the table
 * still is where the batch began, try, and after a failure ask the table itself whether the batch
 * is in it. What is refused because something about the table changed, perhaps not its rows, is
 * tried again after a pause; what failed in any other way may still arrive, and is not.
 */
public final class PublishLoop {

  static final int ATTEMPTS = 5;

  private static final Backoff BACKOFF =
      new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10));

  /** Waits between two attempts. */
  interface Pause {
    void last(Duration time) throws InterruptedException;
  }

  private final Fence fence;
  private final Pause pause;
  private boolean published;
  private boolean mayBeCommitted;

  public PublishLoop(Fence fence) {
    this(fence, time -> Thread.sleep(time.toMillis()));
  }

  public PublishLoop(Fence fence, Pause pause) {
    this.fence = fence;
    this.pause = pause;
  }

  /**
   * Looks at the table before anything is written that belongs to the batch.
   *
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when something else was
   */
  public void check() {
    published = look();
  }

  /**
   * @param commit moves the table's main branch, if it still is where the batch began
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when something else was
   */
  public void publish(Runnable commit) {
    for (int attempt = 1; !published; attempt++) {
      published = look();
      if (!published) {
        attempt(commit, attempt);
      }
    }
  }

  public boolean isPublished() {
    return published;
  }

  /**
   * No commit names the files of the batch, and none that is still in flight can: nothing was
   * tried, or the catalog refused the last attempt because the table had changed, and the table has
   * answered that the batch is not in it. Only then may the files be deleted.
   */
  public boolean isRuledOut() {
    return !published && !mayBeCommitted;
  }

  private boolean look() {
    try {
      return fence.isPublishedElseOpen();
    } catch (FencedException | StaleBaseException e) {
      // Main has left the place from which every attempt would have moved it.
      mayBeCommitted = false;
      throw e;
    }
  }

  private void attempt(Runnable commit, int attempt) {
    mayBeCommitted = true;
    try {
      commit.run();
      Failpoint.MERGE_COMMITTED.pass();
      published = true;
    } catch (RuntimeException e) {
      published = isPublishedAfter(e);
      if (published) {
        return;
      }
      mayBeCommitted = !isRefusal(e);
      if (!isWorthAnotherAttempt(e) || attempt == ATTEMPTS) {
        throw e;
      }
      pauseAfter(attempt, e);
    }
  }

  private boolean isPublishedAfter(RuntimeException failure) {
    try {
      return fence.isPublished();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private void pauseAfter(int attempt, RuntimeException failure) {
    try {
      pause.last(BACKOFF.pause(attempt, ThreadLocalRandom.current()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
  }

  // Iceberg calls a 5xx of Glue a failed commit too; such a one may still be carried out.
  private static boolean isRefusal(RuntimeException failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CommitFailedException
        && (cause == null
            || cause.getClass().getSimpleName().equals("ConcurrentModificationException"));
  }

  // Iceberg complains of an argument where main has moved between the look and the commit.
  private static boolean isWorthAnotherAttempt(RuntimeException failure) {
    return failure instanceof CommitFailedException || failure instanceof IllegalArgumentException;
  }
}
