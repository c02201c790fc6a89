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
 * Decides whether a batch may be merged with the records and files in it that cannot be used, and
 * names them.
 */
final class Screening {

  /** Fewer than this in quarantine never stop a batch, whatever their share. */
  private static final long TOLERATED = 100;

  /** Damaged files that are named one by one. */
  private static final int NAMED = 10;

  private final MergeContext context;
  private final TableToken token;
  private final List<String> notes;

  /**
   * @param notes for the report; added to
   */
  Screening(MergeContext context, TableToken token, List<String> notes) {
    this.context = context;
    this.token = token;
    this.notes = notes;
  }

  /**
   * @return how many files go into quarantine as a whole
   * @throws DecisionException when it is too much to go on without
   */
  int screen(BatchPlan plan, Batch batch, BatchManifest manifest) {
    int damagedFiles = manifest.rejected() == 0 ? 0 : screenRejected(plan, batch, manifest);
    if (manifest.ignored() > 0) {
      notes.add(
          String.format(
              Locale.ROOT,
              "%,d records carry no change of a row and were passed over",
              manifest.ignored()));
    }
    return damagedFiles;
  }

  /**
   * @param conflicts why no row of a schema document can be merged
   * @return how many records wait for such a reason
   */
  long unfitShapes(Set<String> conflicts, Batch batch, BatchManifest manifest) {
    if (manifest.rejected() == 0 || conflicts.isEmpty()) {
      return 0;
    }
    Map<String, Long> waiting =
        batch.rejections().map(Rejection::reason).filter(conflicts::contains).countByValue();
    waiting.forEach(
        (conflict, records) ->
            notes.add(
                String.format(
                    Locale.ROOT,
                    "%,d rows wait in quarantine, and all that come with these columns will: %s",
                    records,
                    conflict)));
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
}
