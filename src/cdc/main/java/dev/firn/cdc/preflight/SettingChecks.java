package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.source.SqlRemedy;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings that may cause harm later: the WAL limit of a slot, time-outs, the encoding. */
final class SettingChecks {

  private static final long LITTLE_LOG_MEGABYTES = 1024;
  private static final long LONG_TIMEOUT_MILLIS = 300_000;

  private final Settings settings;

  SettingChecks(Source source) {
    this.settings = new Settings(source);
  }

  List<Finding> findings() {
    return Stream.of(Optional.of(logLimit()), senderTimeout(), idleTimeout(), encoding())
        .flatMap(Optional::stream)
        .toList();
  }

  private Finding logLimit() {
    long megabytes = settings.number("max_slot_wal_keep_size");
    String limit = settings.text("max_slot_wal_keep_size");
    if (megabytes == -1) {
      return setting(
          "a stopped capture retains WAL until the disk is full: max_slot_wal_keep_size = -1",
          "max_slot_wal_keep_size = '50GB'");
    }
    return megabytes < LITTLE_LOG_MEGABYTES
        ? setting(
            "a stopped capture loses its slot after little WAL: max_slot_wal_keep_size = " + limit,
            "max_slot_wal_keep_size = '50GB'")
        : Finding.ok("max_slot_wal_keep_size is " + limit);
  }

  private Optional<Finding> senderTimeout() {
    long millis = settings.number("wal_sender_timeout");
    return millis > 0 && millis <= LONG_TIMEOUT_MILLIS
        ? Optional.empty()
        : Optional.of(
            setting(
                "the server keeps the slot occupied for a capture that lost its network:"
                    + " wal_sender_timeout = "
                    + settings.text("wal_sender_timeout"),
                "wal_sender_timeout = '60s'"));
  }

  private Optional<Finding> idleTimeout() {
    return settings.number("idle_replication_slot_timeout") == 0
        ? Optional.empty()
        : Optional.of(
            setting(
                "the server invalidates the slot of a stopped capture:"
                    + " idle_replication_slot_timeout = "
                    + settings.text("idle_replication_slot_timeout"),
                "idle_replication_slot_timeout = 0"));
  }

  /** A warning about a setting that takes effect without a restart. */
  static Finding setting(String sentence, String assignment) {
    return Finding.warning(sentence, "On RDS set it in the parameter group.")
        .with(
            SqlRemedy.of(
                SqlRemedy.Purpose.SETTING,
                "ALTER SYSTEM SET %s;".formatted(assignment),
                "SELECT pg_reload_conf();"));
  }

  private Optional<Finding> encoding() {
    String encoding = settings.text("server_encoding");
    return switch (encoding) {
      case "UTF8" -> Optional.empty();
      case "SQL_ASCII" ->
          Optional.of(
              Finding.warning(
                  "the server does not check the encoding of texts, and a value that is not UTF-8"
                      + " stops the capture: server_encoding = SQL_ASCII",
                  "Recreate the database with ENCODING 'UTF8', or make sure that all clients write"
                      + " UTF-8."));
      default -> Optional.of(Finding.ok("texts are converted from " + encoding + " to UTF-8"));
    };
  }
}
