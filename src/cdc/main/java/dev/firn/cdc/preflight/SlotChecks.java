package dev.firn.cdc.preflight;

import dev.firn.cdc.source.SlotKind;
import dev.firn.cdc.source.Source;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.SqlRemedy;
import dev.firn.source.SqlRemedy.Purpose;
import dev.firn.source.catalog.SlotStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether a slot and a connection are free, and what happens to the slot after a failover. */
final class SlotChecks {

  private static final String DOING = "check the replication slots";

  private static final String STANDBY_NEEDS =
      "Then the primary waits for the standby. To keep the slot, the standby needs"
          + " sync_replication_slots = on, hot_standby_feedback = on, primary_slot_name, and a dbname"
          + " in primary_conninfo.";

  /** By how much the remedy raises a limit that is reached. */
  private static final int FURTHER = 10;

  private final SourceConfig config;
  private final Source source;
  private final Settings settings;

  SlotChecks(SourceConfig config, Source source) {
    this.config = config;
    this.source = source;
    this.settings = new Settings(source);
  }

  List<Finding> findings() {
    Optional<SlotStatus> slot = source.slots().status();
    List<Finding> findings = new ArrayList<>();
    slot.map(this::known).ifPresent(findings::add);
    findings.add(
        room(
            "max_replication_slots",
            "SELECT count(*) FROM pg_replication_slots",
            "replication slot",
            slot.isPresent() ? 0 : 1));
    findings.add(
        room(
            "max_wal_senders",
            "SELECT count(*) FROM pg_stat_replication",
            "replication connection",
            slot.filter(SlotStatus::isActive).isPresent() ? 0 : 1));
    findings.add(failover(slot));
    return findings;
  }

  // Not a problem: a person has to decide whether to start over, and that has another exit code.
  private Finding known(SlotStatus slot) {
    return slot.isInvalidated()
        ? Finding.warning(
            "the server invalidated replication slot %s: %s"
                .formatted(config.slot(), slot.invalidation()),
            "Run 'firn capture --resnapshot'.")
        : Finding.ok("replication slot " + config.slot() + " exists");
  }

  /**
   * @param own how many capture will use while it runs, and does not use yet
   */
  private Finding room(String setting, String count, String what, int own) {
    long used = Long.parseLong(source.sql().text(DOING, count));
    long limit = settings.number(setting);
    SqlRemedy more =
        SqlRemedy.of(Purpose.ROOM, "ALTER SYSTEM SET %s = %s;".formatted(setting, limit + FURTHER));
    if (used + own > limit) {
      return Finding.problem(
              "Cannot get a %s: all are in use: %s = %s".formatted(what, setting, limit),
              "Then restart the server. Or drop unused ones.")
          .with(more);
    }
    return used + own < limit
        ? Finding.ok("a %s is free (%s of %s in use)".formatted(what, used, limit))
        : Finding.warning(
                ("no %s is free besides capture's own, but verify, and a capture that copies a"
                        + " table later, need one for a short time: %s = %s")
                    .formatted(what, setting, limit),
                "Then restart the server. Or drop unused ones.")
            .with(more);
  }

  private Finding failover(Optional<SlotStatus> slot) {
    SlotKind kind;
    try {
      kind = SlotKind.of(config.options().failover(), settings.version());
    } catch (OperatorException e) {
      return Finding.problem(e.getMessage(), "");
    }
    if (kind == SlotKind.PLAIN) {
      return Finding.ok(
          "after a failover a new snapshot is needed: the slot exists only on this server");
    }
    if (slot.isPresent() && !slot.get().isFailover()) {
      return Finding.warning(
              "after a failover a new snapshot is needed: the slot was created without FAILOVER: "
                  + config.slot(),
              "Run this while capture is stopped, over a replication connection (psql"
                  + " \"replication=database dbname=…\"); or set source.failover: false.")
          .with(
              SqlRemedy.of(
                  Purpose.FAILOVER_SLOT,
                  "ALTER_REPLICATION_SLOT %s (FAILOVER true);".formatted(config.slot())));
    }
    return standbys();
  }

  private Finding standbys() {
    String physical =
        source
            .sql()
            .text(
                DOING,
                "SELECT coalesce(string_agg(slot_name, ', '), '') FROM pg_replication_slots"
                    + " WHERE slot_type = 'physical' AND NOT temporary");
    boolean waits = !settings.text("synchronized_standby_slots").isEmpty();
    return physical.isEmpty() || waits
        ? Finding.ok("standbys can keep a copy of the slot for a failover")
        : Finding.warning(
                "after a failover the lake may have changes that the standby never received:"
                    + " synchronized_standby_slots is empty",
                STANDBY_NEEDS)
            .with(
                SqlRemedy.of(
                    Purpose.SETTING,
                    "ALTER SYSTEM SET synchronized_standby_slots = '%s';".formatted(physical),
                    "SELECT pg_reload_conf();"));
  }
}
