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
 * What a batch's commits have in common.
 *
 * @param before the progress the batch was planned from
 */
public record BatchContext(BatchId id, TableProgress before, BatchManifest manifest) {

  /** How much later than a batch's own time its newest hour is believed to be. */
  private static final Duration BELIEVED = Duration.ofDays(30);

  public static BatchContext of(BatchPlan plan, BatchManifest manifest) {
    return new BatchContext(plan.id(), plan.progress(), manifest);
  }

  /** The batch the table was at when this one was planned. */
  public String predecessor() {
    return before.batch();
  }

  /** The table's newest TRUNCATE before this batch. */
  public Position truncatedBefore() {
    return before.truncatedAt();
  }

  /** By which the changes of the batch are judged. */
  public Judge rules(MirrorTable target) {
    return target.isChangeLog()
        ? new Judge(Position.NONE, Position.NONE)
        : new Judge(truncatedAt(), before.notJudgedUpTo());
  }

  /** Rows of the table below it are gone. */
  public Position truncatedAt() {
    return manifest.truncatedAt();
  }

  /** The batch holds a newer TRUNCATE than the table has seen. */
  public boolean truncates() {
    return truncatedAt().isAfter(truncatedBefore());
  }

  public Instant plannedAt() {
    return manifest.plannedAt();
  }

  /**
   * When the deletes of the batch are said to be recorded: at the later of two clocks, this
   * machine's and the producer's, so that one that is behind does not make them old at once. An
   * hour a month ahead is no clock's.
   */
  public Instant recordedAt() {
    Instant most = manifest.plannedAt().plus(BELIEVED);
    Instant hour = manifest.newestHour().isAfter(most) ? most : manifest.newestHour();
    return hour.isAfter(manifest.plannedAt()) ? hour : manifest.plannedAt();
  }

  /**
   * The table's progress once the batch is published.
   *
   * @param forgotten the greatest position among the tombstones that are forgotten with it
   */
  public NextProgress next(Position forgotten) {
    return new NextProgress(
        manifest.batch(),
        manifest.mergedUpTo(),
        Position.later(before.forgottenBelow(), forgotten));
  }

  /**
   * What the snapshot says of the batch it holds.
   *
   * @param plan how the engine did it
   * @param phases so far
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
