package dev.firn.etl.merge;

import dev.firn.console.DecisionException;
import dev.firn.contract.TableToken;
import dev.firn.engine.batch.Batch;
import dev.firn.engine.ingest.Rejection;
import dev.firn.engine.progress.BatchManifest;
import dev.firn.engine.progress.BatchPlan;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Decides whether a batch may be merged although some of its records and files cannot be used, and
 * names these.
 */
final class Screening {

  /** Up to this many quarantined records never stop a batch, whatever their share. */
  private static final long TOLERATED = 100;

  /** The largest number of damaged files that are named one by one. */
  private static final int NAMED = 10;

  private final MergeContext context;
  private final TableToken token;
  private final List<String> notes;

  /**
   * @param notes for the report; this class adds to them
   */
  Screening(MergeContext context, TableToken token, List<String> notes) {
    this.context = context;
    this.token = token;
    this.notes = notes;
  }

  /**
   * @return how many whole files are quarantined
   * @throws DecisionException when too many records cannot be used
   */
  int screen(BatchPlan plan, Batch batch, BatchManifest manifest) {
    int damagedFiles = manifest.rejected() == 0 ? 0 : screenRejected(plan, batch, manifest);
    if (manifest.ignored() > 0) {
      notes.add(
          String.format(
              Locale.ROOT, "%,d records carry no row change and were skipped", manifest.ignored()));
    }
    return damagedFiles;
  }

  /**
   * @param conflicts why no row of a schema document can be merged, each with its remedy, which may
   *     be empty
   * @return how many records are quarantined for such a reason
   */
  long unfitShapes(Map<String, String> conflicts, Batch batch, BatchManifest manifest) {
    if (manifest.rejected() == 0 || conflicts.isEmpty()) {
      return 0;
    }
    Set<String> reasons = Set.copyOf(conflicts.keySet());
    Map<String, Long> waiting =
        batch.rejections().map(Rejection::reason).filter(reasons::contains).countByValue();
    waiting.forEach(
        (conflict, records) ->
            notes.add(
                String.format(
                    Locale.ROOT,
                    "%,d rows were quarantined, and so will be all later rows with these columns: %s%s",
                    records,
                    conflict,
                    conflicts.get(conflict).isEmpty() ? "" : ". " + conflicts.get(conflict))));
    return waiting.values().stream().mapToLong(Long::longValue).sum();
  }

  private int screenRejected(BatchPlan plan, Batch batch, BatchManifest manifest) {
    List<Rejection> damaged = batch.rejections().filter(Rejection::isWholeFile).collect();
    refuseAllDamaged(plan, damaged);
    refuseTooMany(batch, manifest);
    damaged.stream()
        .limit(NAMED)
        .map(
            file ->
                "Cannot read raw file: %s: %s. The whole file was quarantined; upload an intact copy under a different name"
                    .formatted(file.reason(), file.file()))
        .forEach(notes::add);
    if (manifest.rejected() > damaged.size()) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d records were quarantined; list them with: firn query \"select reason, file, line from"
                  + " %s.quarantine\"",
              manifest.rejected() - damaged.size(),
              context.config().lake().ownDatabase()));
    }
    return damaged.size();
  }

  // One damaged file among others is an accident; if all files are damaged, there is a common
  // cause.
  private void refuseAllDamaged(BatchPlan plan, List<Rejection> damaged) {
    if (damaged.size() == plan.pending().size() && context.config().merge().quarantineLimit() < 1) {
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
          "Cannot merge table %s: %s of %s records are unusable, the first because %s: %s, line %s"
              .formatted(
                  token,
                  manifest.rejected(),
                  manifest.records(),
                  first.reason(),
                  first.file(),
                  first.line()),
          "The batch was not applied. Fix the cause and run merge again, or raise"
              + " merge.quarantine_limit.");
    }
  }
}
