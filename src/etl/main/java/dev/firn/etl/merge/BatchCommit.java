package dev.firn.etl.merge;

import dev.firn.contract.Position;
import dev.firn.etl.judge.Judge;
import dev.firn.etl.phase.Phases;
import dev.firn.etl.progress.NextProgress;
import dev.firn.etl.progress.SummaryKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a batch's commits have in common.
 *
 * @param before the progress the batch was planned from
 */
record BatchCommit(BatchId id, MergeProgress before, BatchManifest manifest) {

  /** How much later than a batch's own time its newest hour is believed to be. */
  private static final Duration BELIEVED = Duration.ofDays(30);

  static BatchCommit of(BatchPlan plan, BatchManifest manifest) {
    return new BatchCommit(plan.id(), plan.progress(), manifest);
  }

  /** The batch the table was at when this one was planned. */
  String predecessor() {
    return before.batch();
  }

  /** The table's newest TRUNCATE before this batch. */
  Position truncatedBefore() {
    return before.truncatedAt();
  }

  /** By which the changes of the batch are judged. */
  Judge rules(MirrorTable target) {
    return target.isChangeLog()
        ? new Judge(Position.NONE, Position.NONE)
        : new Judge(truncatedAt(), before.notJudgedUpTo());
  }

  /** Rows of the table below it are gone. */
  Position truncatedAt() {
    return manifest.truncatedAt();
  }

  /** The batch holds a newer TRUNCATE than the table has seen. */
  boolean truncates() {
    return truncatedAt().isAfter(truncatedBefore());
  }

  Instant plannedAt() {
    return manifest.plannedAt();
  }

  /**
   * When the deletes of the batch are said to be recorded: at the later of two clocks, this
   * machine's and the producer's, so that one that is behind does not make them old at once. An
   * hour a month ahead is no clock's.
   */
  Instant recordedAt() {
    Instant most = manifest.plannedAt().plus(BELIEVED);
    Instant hour = manifest.newestHour().isAfter(most) ? most : manifest.newestHour();
    return hour.isAfter(manifest.plannedAt()) ? hour : manifest.plannedAt();
  }

  /**
   * The table's progress once the batch is published.
   *
   * @param forgotten the greatest position among the tombstones that are forgotten with it
   */
  NextProgress next(Position forgotten) {
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
  Map<String, String> summary(Counts counts, String plan, Phases phases) {
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
