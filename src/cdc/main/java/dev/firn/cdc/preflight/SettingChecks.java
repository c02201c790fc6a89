package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Settings that do harm some day: limits of what a slot may hold, time-outs, the encoding. */
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
    String remedy =
        "ALTER SYSTEM SET max_slot_wal_keep_size = '50GB'; SELECT pg_reload_conf();"
            + " (on RDS: in the parameter group)";
    if (megabytes == -1) {
      return Finding.warning(
          "a capture that stands still holds log until the disk is full:"
              + " max_slot_wal_keep_size = -1",
          remedy);
    }
    return megabytes < LITTLE_LOG_MEGABYTES
        ? Finding.warning(
            "a capture that stands still loses its slot after little log:"
                + " max_slot_wal_keep_size = "
                + limit,
            remedy)
        : Finding.ok("max_slot_wal_keep_size is " + limit);
  }

  private Optional<Finding> senderTimeout() {
    long millis = settings.number("wal_sender_timeout");
    return millis > 0 && millis <= LONG_TIMEOUT_MILLIS
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "the server keeps the slot for a capture whose network is gone:"
                    + " wal_sender_timeout = "
                    + settings.text("wal_sender_timeout"),
                "ALTER SYSTEM SET wal_sender_timeout = '60s'; SELECT pg_reload_conf();"));
  }

  private Optional<Finding> idleTimeout() {
    return settings.number("idle_replication_slot_timeout") == 0
        ? Optional.empty()
        : Optional.of(
            Finding.warning(
                "the server invalidates the slot of a capture that stands still:"
                    + " idle_replication_slot_timeout = "
                    + settings.text("idle_replication_slot_timeout"),
                "ALTER SYSTEM SET idle_replication_slot_timeout = 0; SELECT pg_reload_conf();"));
  }

  private Optional<Finding> encoding() {
    String encoding = settings.text("server_encoding");
    return switch (encoding) {
      case "UTF8" -> Optional.empty();
      case "SQL_ASCII" ->
          Optional.of(
              Finding.warning(
                  "the server does not know what its texts are: a value that is not UTF-8 stops the"
                      + " capture: server_encoding = SQL_ASCII",
                  "Make the database anew with ENCODING 'UTF8', or see that all clients write"
                      + " UTF-8."));
      default -> Optional.of(Finding.ok("texts are converted from " + encoding + " to UTF-8"));
    };
  }
}
