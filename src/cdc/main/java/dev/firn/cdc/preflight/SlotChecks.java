package dev.firn.cdc.preflight;

import dev.firn.cdc.source.SlotKind;
import dev.firn.cdc.source.Source;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.catalog.SlotStatus;
import java.util.List;
import java.util.Optional;

/** Room for a slot and a connection, and what a failover would do to the slot. */
final class SlotChecks {

  private static final String DOING = "check the replication slots";

  private static final String STANDBY_NEEDS =
      "A standby keeps it with sync_replication_slots = on, hot_standby_feedback = on,"
          + " primary_slot_name, and a dbname in primary_conninfo; see that the primary waits for it:";

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
    return List.of(slot.map(this::known).orElseGet(this::freeSlot), freeSender(), failover(slot));
  }

  // No problem to mend: whether to begin anew is for a person to decide, with another exit code.
  private Finding known(SlotStatus slot) {
    return slot.isInvalidated()
        ? Finding.warning(
            "the server invalidated replication slot %s: %s"
                .formatted(config.slot(), slot.invalidation()),
            "Run 'firn capture --resnapshot'.")
        : Finding.ok("replication slot " + config.slot() + " is there");
  }

  private Finding freeSlot() {
    return room(
        "max_replication_slots", "SELECT count(*) FROM pg_replication_slots", "replication slot");
  }

  private Finding freeSender() {
    return room(
        "max_wal_senders", "SELECT count(*) FROM pg_stat_replication", "replication connection");
  }

  private Finding room(String setting, String count, String what) {
    long used = Long.parseLong(source.sql().text(DOING, count));
    long limit = settings.number(setting);
    return used < limit
        ? Finding.ok("a %s is free (%d of %d in use)".formatted(what, used, limit))
        : Finding.problem(
            "Cannot get a %s: all are in use: %s = %d".formatted(what, setting, limit),
            "ALTER SYSTEM SET %s = %d; and restart it, or drop what is not needed."
                .formatted(setting, limit + 10));
  }

  private Finding failover(Optional<SlotStatus> slot) {
    SlotKind kind;
    try {
      kind = SlotKind.of(config.options().failover(), settings.version());
    } catch (OperatorException e) {
      return Finding.problem(e.getMessage(), "");
    }
    if (kind == SlotKind.PLAIN) {
      return Finding.ok("after a failover a new snapshot is needed: the slot stays on this server");
    }
    if (slot.isPresent() && !slot.get().isFailover()) {
      return Finding.warning(
          "after a failover a new snapshot is needed: the slot was not made for it: "
              + config.slot(),
          "While capture stands, over a replication connection: ALTER_REPLICATION_SLOT %s"
                  .formatted(config.slot())
              + " (FAILOVER true); or write source.failover: false.");
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
        ? Finding.ok("the slot can be kept by a standby, for a failover")
        : Finding.warning(
            "after a failover the lake may have changes that the standby never had:"
                + " synchronized_standby_slots is empty",
            STANDBY_NEEDS
                + " ALTER SYSTEM SET synchronized_standby_slots = '%s'; SELECT pg_reload_conf();"
                    .formatted(physical));
  }
}
