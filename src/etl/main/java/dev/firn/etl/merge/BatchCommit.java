package dev.firn.etl.merge;

import dev.firn.contract.Position;
import dev.firn.etl.phase.Phases;
import dev.firn.etl.progress.SummaryKeys;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a batch's commits have in common.
 *
 * @param predecessor the batch the table was at when this one was planned
 * @param truncatedBefore the table's newest TRUNCATE before this batch
 */
record BatchCommit(
    BatchId id, String predecessor, BatchManifest manifest, Position truncatedBefore) {

  static BatchCommit of(BatchPlan plan, BatchManifest manifest) {
    MergeProgress progress = plan.progress();
    return new BatchCommit(plan.id(), progress.batch(), manifest, progress.truncatedAt());
  }

  /** Rows of the table below it are gone. */
  Position truncatedAt() {
    return manifest.truncatedAt();
  }

  /** The batch holds a newer TRUNCATE than the table has seen. */
  boolean truncates() {
    return truncatedAt().isAfter(truncatedBefore);
  }

  Instant plannedAt() {
    return manifest.plannedAt();
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
    summary.put(SummaryKeys.QUARANTINED, Long.toString(manifest.rejected()));
    summary.put(SummaryKeys.LOWEST, manifest.lowest().toString());
    summary.put(SummaryKeys.HIGHEST, manifest.highest().toString());
    summary.put(SummaryKeys.SECONDS, Phases.seconds(phases.elapsed()));
    summary.put(SummaryKeys.PHASES, phases.text());
    summary.put(SummaryKeys.PLAN, plan);
    return summary;
  }
}
