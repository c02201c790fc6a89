package dev.firn.etl.merge;

import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.etl.ingest.RawReader;
import dev.firn.etl.ingest.Rejection;
import dev.firn.etl.schema.SchemaEvolution;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One table's way from raw files to a published batch: plan, read, quarantine, stage, check,
 * publish, report. Until the last step no reader sees anything of it, and whatever fails before
 * leaves nothing but an unseen branch, tombstones of deletes that did happen, and files for the
 * next clean-up.
 */
final class TableMerge {

  private static final int STAGING_ATTEMPTS = 3;

  /** Fewer than this in quarantine never stop a batch, whatever their share. */
  private static final long TOLERATED = 100;

  private final MergeContext context;
  private final TableToken token;
  private final List<String> notes = new ArrayList<>();

  TableMerge(MergeContext context, TableToken token) {
    this.context = context;
    this.token = token;
  }

  /** Merges all that is due when it is called, in as many batches as it takes. */
  TableReport run() {
    TableReport report = TableReport.nothingDue(token.value());
    int backlog;
    do {
      BatchPlan plan = plan();
      if (plan.due().isEmpty()) {
        return report;
      }
      report = report.plus(merge(plan));
      backlog = plan.backlog();
    } while (backlog > 0);
    return report;
  }

  private BatchPlan plan() {
    MergeProgress progress =
        MergeProgress.of(context.lake(), token, context.config().merge().lookBack());
    return BatchPlan.of(progress, context.raw(), token, context.clock().instant());
  }

  private TableReport merge(BatchPlan plan) {
    notes.clear();
    Instant begun = context.clock().instant();
    TargetTable target = target();
    RawReader reader = new RawReader(spark(), context.raw().root(), target.reader());
    try (Batch batch = Batch.read(reader, plan)) {
      BatchManifest manifest =
          plan.manifest(batch.files(), batch.truncatedAt(plan.progress().truncatedAt()));
      quarantine(plan, batch, manifest);
      if (batch.hasUnchanged()) {
        SchemaEvolution.addUnchangedColumn(target.table());
      }
      new ManifestStore(target.table().io(), context.lake().config(), token).write(manifest);
      Counts counts = publish(target, batch, plan, manifest);
      Duration time = Duration.between(begun, context.clock().instant());
      return new TableReport(
          token.value(), TableReport.MERGED, plan.due().size(), counts, time, notes);
    }
  }

  private TargetTable target() {
    List<SchemaDocument> documents = context.raw().schemaDocuments(token);
    if (documents.isEmpty()) {
      throw new OperatorException(
          "Cannot merge table: it has no schema document in the raw zone: " + token,
          "The producer writes _schema/"
              + token
              + "/ before its events: start it, or restore them.");
    }
    TargetTable target =
        TargetTable.open(
            context.lake(), token, documents, context.config().table(token.value()).properties());
    notes.addAll(target.schemaChanges());
    StagingBranch.removeAbandoned(target.table(), context.clock().instant());
    return target;
  }

  private void quarantine(BatchPlan plan, Batch batch, BatchManifest manifest) {
    if (manifest.rejected() == 0) {
      return;
    }
    context.quarantine().add(token, plan, batch.rejections());
    batch.rejections().filter(Rejection::isWholeFile).take(3).stream()
        .map(file -> "damaged file in quarantine: %s: %s".formatted(file.file(), file.reason()))
        .forEach(notes::add);
    double share = (double) manifest.rejected() / manifest.records();
    if (manifest.rejected() > TOLERATED && share > context.config().merge().quarantineLimit()) {
      String reason = batch.rejections().first().reason();
      throw new DecisionException(
          "Cannot merge table %s: %d of %d records cannot be used, the first because %s"
              .formatted(token, manifest.rejected(), manifest.records(), reason),
          "Nothing of the batch was applied. Mend the cause and merge again, or raise merge.quarantine_limit.");
    }
  }

  private Counts publish(TargetTable target, Batch batch, BatchPlan plan, BatchManifest manifest) {
    for (int attempt = 1; ; attempt++) {
      StagingBranch branch =
          StagingBranch.create(target.table(), plan.id(), plan.progress().batch());
      try {
        StagedCommit commit = new StagedCommit(branch, manifest, plan.progress().truncatedAt());
        Counts counts = context.engine().stage(target, batch, commit);
        counts = counts.plus(new Counts(0, 0, 0, manifest.rejected()));
        check(counts, manifest);
        branch.stamp(commit.summary(counts));
        branch.publish();
        new Tombstones(context.lake(), target)
            .forget(plan.plannedAt(), context.config().merge().tombstones());
        return counts;
      } catch (StaleBaseException e) {
        branch.drop();
        if (attempt == STAGING_ATTEMPTS) {
          throw e;
        }
      } catch (RuntimeException e) {
        dropQuietly(branch, e);
        throw e;
      }
    }
  }

  private static void check(Counts counts, BatchManifest manifest) {
    if (counts.total() != manifest.records()) {
      throw new IllegalStateException(
          "Cannot account for batch %s: %d events were read, and these are %d: %s"
              .formatted(manifest.batch(), manifest.records(), counts.total(), counts));
    }
  }

  private static void dropQuietly(StagingBranch branch, RuntimeException failure) {
    try {
      branch.drop();
    } catch (RuntimeException e) {
      // The next run removes it; what failed first is what the operator needs to see.
      failure.addSuppressed(e);
    }
  }

  private JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(context.spark().sparkContext());
  }
}
