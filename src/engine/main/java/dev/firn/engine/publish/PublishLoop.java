package dev.firn.engine.publish;

import dev.firn.console.Backoff;
import dev.firn.contract.fault.Failpoint;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * Publishes a batch. Every engine follows this one rule: check that the table is still in the state
 * in which the batch began, try to commit, and after a failure check in the table itself whether
 * the batch was committed. If the catalog rejected the commit because the table had changed,
 * perhaps not in its rows, it is tried again after a pause; after any other failure the commit may
 * still take effect, and is not repeated.
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
   * Checks the table before anything of the batch is written.
   *
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when another change was committed meanwhile
   */
  public void check() {
    published = look();
  }

  /**
   * @param commit moves the table's main branch, if it is still where the batch began
   * @throws FencedException when another batch was committed meanwhile
   * @throws StaleBaseException when another change was committed meanwhile
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
   * No commit references the files of the batch, and no commit in flight can: either nothing was
   * tried, or the catalog rejected the last attempt because the table had changed, and the table
   * was read and does not contain the batch. Only then may the files be deleted.
   */
  public boolean isRuledOut() {
    return !published && !mayBeCommitted;
  }

  private boolean look() {
    try {
      return fence.isPublishedElseOpen();
    } catch (FencedException | StaleBaseException e) {
      // Main is no longer at the snapshot from which every attempt would have moved it.
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

  // Iceberg also reports a 5xx of Glue as a failed commit, but Glue may still execute it.
  private static boolean isRefusal(RuntimeException failure) {
    Throwable cause = failure.getCause();
    return failure instanceof CommitFailedException
        && (cause == null
            || cause.getClass().getSimpleName().equals("ConcurrentModificationException"));
  }

  // Iceberg throws IllegalArgumentException if main was moved between the check and the commit.
  private static boolean isWorthAnotherAttempt(RuntimeException failure) {
    return failure instanceof CommitFailedException || failure instanceof IllegalArgumentException;
  }
}
