package dev.firn.etl.status;

import dev.firn.console.TextTable;
import dev.firn.engine.attention.PassedOver;
import dev.firn.engine.attention.RawAttention;
import dev.firn.engine.attention.RefusedFiles;
import dev.firn.engine.progress.SummaryKeys;
import dev.firn.etl.status.TableStatus.LastBatch;
import dev.firn.source.Lsn;
import dev.firn.source.catalog.SlotStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Formats the status as text for people. */
final class StatusReport {

  private StatusReport() {}

  /** One line for each table; the counts are those of its last batch. */
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
            "files pending",
            "in quarantine",
            "swept at");
    tables.forEach(table -> row(text, table));
    return text.render();
  }

  /** One line for each thing that needs the operator; empty when there is none. */
  static String attention(
      List<String> passedOver, List<String> refusedFiles, List<TableStatus> tables) {
    List<String> lines = new ArrayList<>();
    PassedOver.sentence(passedOver).ifPresent(lines::add);
    RefusedFiles.sentence(refusedFiles).ifPresent(lines::add);
    for (TableStatus table : tables) {
      RawAttention raw = table.raw();
      PassedOver.sentence(raw.passedOver()).ifPresent(one -> lines.add(table.table() + ": " + one));
      raw.missing().forEach(file -> lines.add(table.table() + ": " + file.sentence()));
      if (raw.found() > 0) {
        lines.add(
            "%s: the last sweep found %s new files in day folders that had been read before"
                .formatted(table.table(), raw.found()));
      }
    }
    return lines(lines);
  }

  static String lines(List<String> lines) {
    return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
  }

  private static void row(TextTable text, TableStatus table) {
    Optional<LastBatch> batch = table.lastBatch();
    text.row(
        table.table(),
        batch.map(LastBatch::id).orElse("none"),
        batch.map(last -> seconds(last.committedAt())).orElse(""),
        count(batch, SummaryKeys.READ),
        count(batch, SummaryKeys.APPLIED),
        count(batch, SummaryKeys.SUPERSEDED),
        count(batch, SummaryKeys.DUPLICATE),
        batch.map(last -> last.text(SummaryKeys.HIGHEST)).orElse(""),
        table.filesDue(),
        table.quarantined(),
        table.raw().lastSweep().map(StatusReport::seconds).orElse("never"));
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static Object count(Optional<LastBatch> batch, String key) {
    return batch.map(last -> (Object) last.count(key)).orElse("");
  }

  static String slot(String name, SlotStatus slot) {
    return String.format(
        Locale.ROOT,
        "slot %s: %s, acknowledged up to %s, lag %,d bytes of WAL (wal_status %s)%n",
        name,
        slot.isActive() ? "capture is running" : "no capture is running",
        Lsn.format(slot.confirmed()),
        slot.lag(),
        slot.walStatus());
  }
}
