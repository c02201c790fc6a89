package dev.firn.etl.merge;

import dev.firn.console.Logs;
import dev.firn.engine.phase.Phase;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the progress of a merge, one line for each step; the context of the log has the table. */
final class MergeLog implements MergeListener {

  private static final Logger LOG = LoggerFactory.getLogger(MergeLog.class);

  @Override
  public void batchBegins(String table, int files, long bytes) {
    LOG.info("{}", String.format(Locale.ROOT, "%,d files, %,.1f MB", files, bytes / 1e6));
  }

  @Override
  public void zoneNoted(String note) {
    LOG.warn("{}", note);
  }

  @Override
  public void tableEnds(TableResult result) {
    TableReport report = result.report();
    if (result.failure().isPresent()) {
      Logs.failure(LOG, String.join(" ", report.notes()), result.failure().get());
    } else {
      report.notes().forEach(note -> LOG.warn("{}", note));
    }
    if (report.files() > 0) {
      LOG.info(
          "{}",
          String.format(
              Locale.ROOT,
              "%,d events in %.1f s",
              report.counts().total(),
              seconds(report.time())));
      LOG.info("{}", effort(report.effort()));
    }
  }

  /** The plan, and the time of each phase: {@code small: …; list 0.1, read 0.4, …}. */
  static String effort(Effort effort) {
    String phases =
        Arrays.stream(Phase.values())
            .filter(effort.phases()::containsKey)
            .map(
                phase ->
                    String.format(
                        Locale.ROOT, "%s %.1f", phase, seconds(effort.phases().get(phase))))
            .collect(Collectors.joining(", "));
    return String.join(", ", effort.plans()) + "; " + phases;
  }

  private static double seconds(Duration time) {
    return time.toMillis() / 1000.0;
  }
}
