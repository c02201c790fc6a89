package dev.firn.etl.merge;

import dev.firn.console.DecisionException;
import dev.firn.console.OperatorException;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.contract.fault.Failpoint;
import dev.firn.etl.ingest.RawFile;
import dev.firn.etl.ingest.RawReader;
import dev.firn.etl.ingest.RecordFormat;
import dev.firn.etl.ingest.Rejection;
import dev.firn.etl.ingest.foreign.ForeignRecords;
import dev.firn.etl.judge.Forgotten;
import dev.firn.etl.phase.Phase;
import dev.firn.etl.phase.Phases;
import dev.firn.etl.schema.AthenaLimits;
import dev.firn.etl.schema.SchemaEvolution;
import dev.firn.etl.schema.SourceSchema;
import dev.firn.pipeline.ForeignFormat;
import dev.firn.pipeline.TableConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One table's way from raw files to a published batch: plan, read, stage, check, quarantine,
 * publish, report. Until the last step no reader sees anything of it, and whatever fails before
 * leaves nothing but an unseen branch, tombstones of deletes that did happen, and files for the
 * next clean-up.
 */
final class TableMerge {

  private static final int STAGING_ATTEMPTS = 3;

  /** Fewer than this in quarantine never stop a batch, whatever their share. */
  private static final long TOLERATED = 100;

  /** Damaged files that are named one by one. */
  private static final int NAMED = 10;

  private final MergeContext context;
  private final TableToken token;
  private final MergeEngine engine;
  private final List<String> notes = new ArrayList<>();
  private Phases phases = new Phases();
  private String how = "";
  private RawWatch watch;

  TableMerge(MergeContext context, TableToken token, MergeEngine engine) {
    this.context = context;
    this.token = token;
    this.engine = engine;
  }

  /** Merges all that is due when it is called, in as many batches as it takes. */
  TableReport run() {
    watch = RawWatch.begin(context, token);
    return watch.conclude(mergeAll());
  }

  private TableReport mergeAll() {
    TableReport report = TableReport.nothingDue(token.value());
    int backlog;
    do {
      phases = new Phases();
      BatchPlan plan = phases.time(Phase.LIST, this::plan);
      if (plan.due().isEmpty()) {
        return plan.progress().batch().isEmpty() ? makeIfMissing(report) : report;
      }
      report = report.plus(merge(plan));
      backlog = plan.backlog();
    } while (backlog > 0);
    return report;
  }

  // A table that is captured is there from the first merge on, with its columns, also when no row
  // of it has come so far.
  private TableReport makeIfMissing(TableReport report) {
    if (context.lake().exists(context.lake().mirror(token)) || documents().isEmpty()) {
      return report;
    }
    return report.plus(TableReport.made(target()));
  }

  private BatchPlan plan() {
    MergeProgress progress =
        MergeProgress.of(context.lake(), token, context.config().merge().lookBack());
    progress.anchor();
    return BatchPlan.of(
        progress, watch.list(progress), context.clock().instant(), context.batchFiles());
  }

  private TableReport merge(BatchPlan plan) {
    notes.clear();
    plan.progress().readAgain(plan.due().size()).ifPresent(notes::add);
    long bytes = plan.due().stream().mapToLong(RawFile::length).sum();
    context.listener().batchBegins(token.value(), plan.due().size(), bytes);
    TargetTable target = phases.time(Phase.LIST, () -> target(bytes));
    RawReader reader =
        new RawReader(
            spark(),
            context.raw().root(),
            target.reader(),
            recordFormat(),
            context.config().merge().limits());
    try (Batch batch = phases.time(Phase.READ, () -> read(reader, plan))) {
      Failpoint.MERGE_READ.pass();
      ManifestStore manifests =
          new ManifestStore(target.table().io(), context.lake().config(), token);
      BatchManifest manifest = manifest(plan, batch, manifests);
      int damagedFiles = quarantine(plan, batch, manifest);
      noteIgnored(manifest);
      if (batch.hasUnchanged()) {
        SchemaEvolution.addUnchangedColumn(target.table());
      }
      manifests.write(manifest);
      Failpoint.MERGE_MANIFEST_WRITTEN.pass();
      new Tombstones(context.lake(), target).widen();
      Counts counts = publish(target, batch, plan, manifest);
      Effort effort = new Effort(phases.elapsed(), phases.times(), List.of(how));
      return new TableReport(
          token.value(),
          TableReport.MERGED,
          plan.due().size(),
          damagedFiles,
          0,
          counts,
          effort,
          notes);
    }
  }

  private BatchManifest manifest(BatchPlan plan, Batch batch, ManifestStore manifests) {
    MergeProgress progress = plan.progress();
    BatchManifest manifest =
        plan.manifest(batch.files(), batch.truncatedAt(progress.truncatedAt()));
    return new OldHours(manifests, token).moved(manifest, progress.horizon());
  }

  private Batch read(RawReader reader, BatchPlan plan) {
    try {
      return Batch.read(reader, plan, context.config().merge().driverSize());
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      watch.refuseVanished(plan.due(), e);
      throw e;
    }
  }

  private TargetTable target(long dueBytes) {
    TargetTable target = target();
    notes.addAll(TableLayout.of(context.config(), token).apply(target, dueBytes));
    return target;
  }

  private TargetTable target() {
    List<SchemaDocument> documents = documents();
    if (documents.isEmpty()) {
      throw new OperatorException(
          "Cannot merge table: it has no schema document in the raw zone: " + token,
          "The producer writes _schema/"
              + token
              + "/ before its events: start it, or restore them.");
    }
    TableConfig options = context.config().table(token.value());
    List<SourceSchema> schemas =
        documents.stream().map(document -> SourceSchema.of(document, options.exclude())).toList();
    TargetTable target = TargetTable.open(context.lake(), token, schemas, options.properties());
    notes.addAll(target.schemaChanges());
    if (context.config().lake().isGlue()) {
      notes.addAll(AthenaLimits.beyond(target.table()));
    }
    StagingBranch.removeAbandoned(target.table(), context.clock().instant());
    return target;
  }

  private List<SchemaDocument> documents() {
    return foreign()
        .map(format -> List.of(format.table().document(token)))
        .orElseGet(() -> context.raw().schemaDocuments(token));
  }

  private RecordFormat recordFormat() {
    return foreign().map(format -> ForeignRecords.of(token, format)).orElse(RecordFormat.FIRN);
  }

  private Optional<ForeignFormat> foreign() {
    return context.config().table(token.value()).format();
  }

  /** Answers how many files are in quarantine as a whole. */
  private int quarantine(BatchPlan plan, Batch batch, BatchManifest manifest) {
    if (manifest.rejected() == 0) {
      return 0;
    }
    List<Rejection> damaged = batch.rejections().filter(Rejection::isWholeFile).collect();
    refuseAllDamaged(plan, damaged);
    refuseTooMany(batch, manifest);
    damaged.stream()
        .limit(NAMED)
        .map(
            file ->
                "Cannot read raw file: %s: %s. It is in quarantine; deliver it again under another name"
                    .formatted(file.reason(), file.file()))
        .forEach(notes::add);
    if (manifest.rejected() > damaged.size()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d records are in quarantine: firn query \"select reason, file, line from"
                  + " %s.quarantine\"",
              manifest.rejected() - damaged.size(),
              context.config().lake().ownDatabase()));
    }
    return damaged.size();
  }

  private void noteIgnored(BatchManifest manifest) {
    if (manifest.ignored() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d records carry no change of a row and were passed over",
              manifest.ignored()));
    }
  }

  // One damaged file among others is an accident; nothing but damaged files is a cause.
  private void refuseAllDamaged(BatchPlan plan, List<Rejection> damaged) {
    if (damaged.size() == plan.due().size() && context.config().merge().quarantineLimit() < 1) {
      Rejection first = damaged.get(0);
      throw new DecisionException(
          "Cannot merge table %s: all %s files of the batch are damaged, the first because %s: %s"
              .formatted(token, damaged.size(), first.reason(), first.file()),
          "Nothing was merged, and the files stay pending. Fix the cause, or upload intact copies"
              + " under different names and remove the damaged files. To quarantine them and"
              + " continue without them, run merge once with merge.quarantine_limit: 1.");
    }
  }

  private void refuseTooMany(Batch batch, BatchManifest manifest) {
    double share = (double) manifest.rejected() / manifest.records();
    if (manifest.rejected() > TOLERATED && share > context.config().merge().quarantineLimit()) {
      Rejection first = batch.rejections().first();
      throw new DecisionException(
          "Cannot merge table %s: %s of %s records cannot be used, the first because %s: %s, line %s"
              .formatted(
                  token,
                  manifest.rejected(),
                  manifest.records(),
                  first.reason(),
                  first.file(),
                  first.line()),
          "Nothing of the batch was applied. Fix the cause and merge again, or raise"
              + " merge.quarantine_limit.");
    }
  }

  private Counts publish(TargetTable target, Batch batch, BatchPlan plan, BatchManifest manifest) {
    for (int attempt = 1; ; attempt++) {
      try {
        return stageAndPublish(target, batch, BatchCommit.of(plan, manifest));
      } catch (StaleBaseException e) {
        if (attempt == STAGING_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private Counts stageAndPublish(TargetTable target, Batch batch, BatchCommit commit) {
    StagedBatch staged = engine.stage(target, batch, commit, phases);
    try {
      Failpoint.MERGE_STAGED.pass();
      Counts rejected = new Counts(0, 0, 0, commit.manifest().rejected());
      Counts counts = staged.counts().plus(rejected);
      check(counts, commit.manifest());
      quarantine(staged, batch, commit);
      Forgetting forgetting = Forgetting.of(context, target, commit);
      Map<String, String> summary = commit.summary(counts, staged.plan(), phases);
      phases.time(Phase.COMMIT, () -> staged.publish(summary, forgetting.next()));
      forgetting.carryOut();
      new ManifestRetention(context.lake(), target)
          .clean(commit, context.config().merge().lookBack());
      how = staged.plan();
      return counts;
    } finally {
      staged.drop();
    }
  }

  /** In no batch's name but one that is about to be published. */
  private void quarantine(StagedBatch staged, Batch batch, BatchCommit commit) {
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
              "%,d keys are in quarantine as %s: they are not in the table, and deletes up to %s"
                  + " are forgotten, so nobody can tell whether their rows were deleted since. Run"
                  + " firn verify --table %s",
              forgotten.changes(),
              Quarantine.OLDER_THAN_MEMORY,
              commit.before().notJudgedUpTo(),
              token));
    }
  }

  private static void check(Counts counts, BatchManifest manifest) {
    if (counts.total() != manifest.records()) {
      throw new IllegalStateException(
          "Cannot account for batch %s: %s events were read, and these are %s: %s"
              .formatted(manifest.batch(), manifest.records(), counts.total(), counts));
    }
  }

  private JavaSparkContext spark() {
    return JavaSparkContext.fromSparkContext(context.spark().sparkContext());
  }
}
