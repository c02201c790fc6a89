package dev.firn.etl.merge;

import dev.firn.contract.TableToken;
import dev.firn.contract.fault.Failpoint;
import dev.firn.engine.batch.Batch;
import dev.firn.engine.batch.BatchContext;
import dev.firn.engine.batch.EventCounts;
import dev.firn.engine.batch.MergeEngine;
import dev.firn.engine.batch.UnpublishedBatch;
import dev.firn.engine.ingest.RawReader;
import dev.firn.engine.judge.Forgotten;
import dev.firn.engine.phase.Phase;
import dev.firn.engine.phase.Phases;
import dev.firn.engine.progress.BatchManifest;
import dev.firn.engine.progress.BatchPlan;
import dev.firn.engine.progress.ManifestRetention;
import dev.firn.engine.progress.ManifestStore;
import dev.firn.engine.progress.OldHours;
import dev.firn.engine.progress.TableProgress;
import dev.firn.engine.publish.ProgressAnchor;
import dev.firn.engine.publish.StaleBaseException;
import dev.firn.engine.quarantine.Quarantine;
import dev.firn.engine.raw.RawFile;
import dev.firn.engine.table.MirrorTable;
import dev.firn.engine.table.SchemaEvolution;
import dev.firn.engine.table.TargetTable;
import dev.firn.engine.table.Tombstones;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Takes one batch from raw files to the table: plan, prepare, read, screen, stage, account,
 * quarantine, publish, clean up, report. No reader sees any part of the batch before it is
 * published. A failure before that leaves only an invisible branch, tombstones of deletes that did
 * happen, and files for the next clean-up.
 */
final class BatchMerge {

  private static final int STAGING_ATTEMPTS = 3;

  private final MergeContext context;
  private final TableToken token;
  private final MergeEngine engine;
  private final RawWatch watch;
  private final TablePreparation preparation;
  private final Phases phases = new Phases();
  private final List<String> notes = new ArrayList<>();

  BatchMerge(
      MergeContext context,
      TableToken token,
      MergeEngine engine,
      RawWatch watch,
      TablePreparation preparation) {
    this.context = context;
    this.token = token;
    this.engine = engine;
    this.watch = watch;
    this.preparation = preparation;
  }

  /** The plan that the engine chose, and the counts of the batch's events. */
  private record Published(String plan, EventCounts counts) {}

  /** The files of the next batch, from those that are pending now. */
  BatchPlan plan() {
    return phases.time(Phase.LIST, this::listed);
  }

  private BatchPlan listed() {
    TableProgress progress =
        TableProgress.of(context.lake(), token, context.config().merge().lookBack());
    progress.history().ifPresent(ProgressAnchor::tie);
    return BatchPlan.of(
        progress, watch.list(progress), context.clock().instant(), context.batchFiles());
  }

  TableReport run(BatchPlan plan) {
    plan.progress().readAgain(plan.pending().size()).ifPresent(notes::add);
    long bytes = plan.pending().stream().mapToLong(RawFile::length).sum();
    context.listener().batchBegins(token.value(), plan.pending().size(), bytes);
    TargetTable target = phases.time(Phase.LIST, () -> preparation.prepare(bytes, notes));
    MirrorTable mirror = target.mirror();
    try (Batch batch = phases.time(Phase.READ, () -> read(target, plan))) {
      Failpoint.MERGE_READ.pass();
      ManifestStore manifests =
          new ManifestStore(mirror.table().io(), context.lake().config(), token);
      BatchManifest manifest = manifest(plan, batch, manifests);
      Screening screening = new Screening(context, token, notes);
      int damagedFiles = screening.screen(plan, batch, manifest);
      long unfitShapes = screening.unfitShapes(target.conflicts(), batch, manifest);
      if (batch.hasUnchanged()) {
        SchemaEvolution.addUnchangedColumn(mirror.table());
      }
      manifests.write(manifest);
      Failpoint.MERGE_MANIFEST_WRITTEN.pass();
      new Tombstones(context.lake(), mirror).widen();
      Published published = publish(mirror, batch, BatchContext.of(plan, manifest));
      Effort effort = new Effort(phases.elapsed(), phases.times(), List.of(published.plan()));
      return new TableReport(
          token.value(),
          TableReport.MERGED,
          plan.pending().size(),
          damagedFiles,
          unfitShapes,
          0,
          published.counts(),
          effort,
          notes);
    }
  }

  private Batch read(TargetTable target, BatchPlan plan) {
    RawReader reader =
        new RawReader(
            JavaSparkContext.fromSparkContext(context.spark().sparkContext()),
            context.raw().root(),
            target.reader(),
            preparation.recordFormat(),
            context.config().merge().limits());
    try {
      return Batch.read(reader, plan, context.config().merge().driverSize());
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      watch.refuseVanished(plan.pending(), e);
      throw e;
    }
  }

  private BatchManifest manifest(BatchPlan plan, Batch batch, ManifestStore manifests) {
    TableProgress progress = plan.progress();
    BatchManifest manifest =
        plan.manifest(batch.files(), batch.truncatedAt(progress.truncatedAt()));
    return new OldHours(manifests, token).moved(manifest, progress.horizon());
  }

  private Published publish(MirrorTable mirror, Batch batch, BatchContext commit) {
    for (int attempt = 1; ; attempt++) {
      try {
        return stageAndPublish(mirror, batch, commit);
      } catch (StaleBaseException e) {
        if (attempt == STAGING_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Published stageAndPublish(MirrorTable mirror, Batch batch, BatchContext commit) {
    UnpublishedBatch staged = engine.stage(mirror, batch, commit, phases);
    try {
      Failpoint.MERGE_STAGED.pass();
      EventCounts counts = account(staged, commit.manifest());
      quarantine(staged, batch, commit);
      Forgetting forgetting = Forgetting.of(context, mirror, commit);
      Map<String, String> summary = commit.summary(counts, staged.plan(), phases);
      phases.time(Phase.COMMIT, () -> staged.publish(summary, forgetting.next()));
      forgetting.carryOut();
      new ManifestRetention(context.lake(), mirror)
          .clean(commit.manifest(), context.config().merge().lookBack());
      return new Published(staged.plan(), counts);
    } finally {
      staged.drop();
    }
  }

  /** Checks that every event read has exactly one outcome. */
  private static EventCounts account(UnpublishedBatch staged, BatchManifest manifest) {
    EventCounts counts = staged.counts().plus(new EventCounts(0, 0, 0, manifest.rejected()));
    if (counts.total() != manifest.records()) {
      throw new IllegalStateException(
          "Cannot account for batch %s: %s events were read, but the outcomes add up to %s: %s"
              .formatted(manifest.batch(), manifest.records(), counts.total(), counts));
    }
    return counts;
  }

  /** Writes quarantine entries only for a batch that is about to be published. */
  private void quarantine(UnpublishedBatch staged, Batch batch, BatchContext commit) {
    Forgotten forgotten = staged.forgotten();
    if (commit.manifest().rejected() > 0 || forgotten.changes() > 0) {
      staged.check();
    }
    if (commit.manifest().rejected() > 0) {
      context.quarantine().add(token, commit, batch.rejections());
    }
    if (forgotten.changes() > 0) {
      context.quarantine().add(token, commit, forgotten);
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d keys were quarantined as %s: they are not in the table, and tombstones up to %s"
                  + " have expired, so it is unknown whether their rows were deleted since. Run"
                  + " firn verify --table %s",
              forgotten.changes(),
              Quarantine.OLDER_THAN_MEMORY,
              commit.before().notJudgedUpTo(),
              token));
    }
  }
}
