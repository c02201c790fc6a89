package dev.firn.engine.batch;

import dev.firn.contract.Position;
import dev.firn.engine.judge.Judge;
import dev.firn.engine.phase.Phases;
import dev.firn.engine.progress.BatchId;
import dev.firn.engine.progress.BatchManifest;
import dev.firn.engine.progress.BatchPlan;
import dev.firn.engine.progress.SummaryKeys;
import dev.firn.engine.progress.TableProgress;
import dev.firn.engine.publish.NextProgress;
import dev.firn.engine.table.MirrorTable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The values that all commits of a batch share.
 *
 * @param before the progress the batch was planned from
 */
public record BatchContext(BatchId id, TableProgress before, BatchManifest manifest) {

  /** How far the newest hour of a batch may lie after the batch's own time and still be trusted. */
  private static final Duration BELIEVED = Duration.ofDays(30);

  public static BatchContext of(BatchPlan plan, BatchManifest manifest) {
    return new BatchContext(plan.id(), plan.progress(), manifest);
  }

  /** The table's newest batch when this one was planned. */
  public String predecessor() {
    return before.batch();
  }

  /** The table's newest TRUNCATE before this batch. */
  public Position truncatedBefore() {
    return before.truncatedAt();
  }

  /** The rules by which the changes of the batch are judged. */
  public Judge rules(MirrorTable target) {
    return target.isChangeLog()
        ? new Judge(Position.NONE, Position.NONE)
        : new Judge(truncatedAt(), before.notJudgedUpTo());
  }

  /** Rows of the table below this position are removed. */
  public Position truncatedAt() {
    return manifest.truncatedAt();
  }

  /** The batch contains a TRUNCATE that is newer than all that the table has applied. */
  public boolean truncates() {
    return truncatedAt().isAfter(truncatedBefore());
  }

  public Instant plannedAt() {
    return manifest.plannedAt();
  }

  /**
   * The time at which the batch's deletes count as recorded: the later of two clocks, this
   * machine's and the producer's, so that a slow clock does not make the deletes old at once. An
   * hour folder that lies a month ahead is not trusted as a clock.
   */
  public Instant recordedAt() {
    Instant most = manifest.plannedAt().plus(BELIEVED);
    Instant hour = manifest.newestHour().isAfter(most) ? most : manifest.newestHour();
    return hour.isAfter(manifest.plannedAt()) ? hour : manifest.plannedAt();
  }

  /**
   * The table's progress once the batch is published.
   *
   * @param forgotten the greatest position among the tombstones that expire with the batch
   */
  public NextProgress next(Position forgotten) {
    return new NextProgress(
        manifest.batch(),
        manifest.mergedUpTo(),
        Position.later(before.forgottenBelow(), forgotten));
  }

  /**
   * The summary of the snapshot that contains the batch.
   *
   * @param plan the engine's plan, in one line
   * @param phases the time of each phase so far
   */
  public Map<String, String> summary(EventCounts counts, String plan, Phases phases) {
    Map<String, String> summary = new LinkedHashMap<>();
    summary.put(SummaryKeys.BATCH, manifest.batch());
    summary.put(SummaryKeys.READ, Long.toString(manifest.records()));
    summary.put(SummaryKeys.APPLIED, Long.toString(counts.applied()));
    summary.put(SummaryKeys.SUPERSEDED, Long.toString(counts.superseded()));
    summary.put(SummaryKeys.DUPLICATE, Long.toString(counts.duplicate()));
    summary.put(SummaryKeys.QUARANTINED, Long.toString(counts.quarantined()));
    summary.put(SummaryKeys.LOWEST, manifest.lowest().toString());
    summary.put(SummaryKeys.HIGHEST, manifest.highest().toString());
    summary.put(SummaryKeys.SECONDS, Phases.seconds(phases.elapsed()));
    summary.put(SummaryKeys.PHASES, phases.text());
    summary.put(SummaryKeys.PLAN, plan);
    return summary;
  }
}
