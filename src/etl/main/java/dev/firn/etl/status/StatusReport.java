package dev.firn.etl.status;

import dev.firn.console.TextTable;
import dev.firn.etl.progress.SummaryKeys;
import dev.firn.etl.status.TableStatus.LastBatch;
import dev.firn.source.Lsn;
import dev.firn.source.catalog.SlotStatus;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What was found, as text for people. */
final class StatusReport {

  private StatusReport() {}

  /** One line a table; the counts are those of its last batch. */
  static String tables(List<TableStatus> tables) {
    TextTable text =
        new TextTable(
            "table",
            "last batch",
            "committed at",
            "read",
            "applied",
            "superseded",
            "duplicate",
            "up to",
            "files due",
            "in quarantine");
    tables.forEach(table -> row(text, table));
    return text.render();
  }

  private static void row(TextTable text, TableStatus table) {
    Optional<LastBatch> batch = table.lastBatch();
    text.row(
        table.table(),
        batch.map(LastBatch::id).orElse("none"),
        batch.map(last -> last.committedAt().truncatedTo(ChronoUnit.SECONDS).toString()).orElse(""),
        count(batch, SummaryKeys.READ),
        count(batch, SummaryKeys.APPLIED),
        count(batch, SummaryKeys.SUPERSEDED),
        count(batch, SummaryKeys.DUPLICATE),
        batch.map(last -> last.text(SummaryKeys.HIGHEST)).orElse(""),
        table.filesDue(),
        table.quarantined());
  }

  private static Object count(Optional<LastBatch> batch, String key) {
    return batch.map(last -> (Object) last.count(key)).orElse("");
  }

  static String slot(String name, SlotStatus slot) {
    return String.format(
        Locale.ROOT,
        "slot %s: %s, capture has acknowledged %s, %,d bytes of WAL behind (%s)%n",
        name,
        slot.isActive() ? "capture is running" : "no capture is running",
        Lsn.format(slot.confirmed()),
        slot.lag(),
        slot.walStatus());
  }
}
