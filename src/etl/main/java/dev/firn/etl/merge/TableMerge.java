package dev.firn.etl.merge;

import dev.firn.contract.TableToken;
import dev.firn.engine.batch.MergeEngine;
import dev.firn.engine.progress.BatchPlan;

/** Merges all pending files of one table, in as many batches as needed. */
final class TableMerge {

  private final MergeContext context;
  private final TableToken token;
  private final MergeEngine engine;

  TableMerge(MergeContext context, TableToken token, MergeEngine engine) {
    this.context = context;
    this.token = token;
    this.engine = engine;
  }

  /** Merges the files that are pending at the time of the call, and reports the result. */
  TableReport run() {
    RawWatch watch = RawWatch.begin(context, token);
    return watch.conclude(mergeAll(watch));
  }

  private TableReport mergeAll(RawWatch watch) {
    TablePreparation preparation = new TablePreparation(context, token);
    TableReport report = TableReport.nothingDue(token.value());
    int backlog;
    do {
      BatchMerge merge = new BatchMerge(context, token, engine, watch, preparation);
      BatchPlan plan = merge.plan();
      if (plan.pending().isEmpty()) {
        return plan.progress().batch().isEmpty()
            ? report.plus(preparation.makeIfMissing())
            : report;
      }
      report = report.plus(merge.run(plan));
      backlog = plan.backlog();
    } while (backlog > 0);
    return report;
  }
}
