package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.cdc.source.SqlText;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceConfig;
import java.util.List;

/** The server, its settings, and the role. */
final class ServerChecks {

  private static final String DOING = "check the server";
  private static final int OLDEST_VERSION = 130000;

  private static final String MAY_REPLICATE =
      """
      SELECT rolreplication OR rolsuper OR EXISTS (
        SELECT FROM pg_roles r WHERE r.rolname = 'rds_replication'
        AND pg_has_role(current_user, r.oid, 'MEMBER'))
      FROM pg_roles WHERE rolname = current_user
      """;

  // A list of privileges would ask for any of them.
  private static final String MAY_RECORD =
      """
      SELECT CASE WHEN to_regclass('firn.captured_table') IS NOT NULL
        THEN (SELECT bool_and(has_table_privilege(t, p))
              FROM unnest(ARRAY['firn.capture', 'firn.captured_table']) t,
                   unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p)
        WHEN to_regnamespace('firn') IS NOT NULL
        THEN has_schema_privilege('firn', 'USAGE') AND has_schema_privilege('firn', 'CREATE')
        ELSE has_database_privilege(current_database(), 'CREATE') END
      """;

  private final SourceConfig config;
  private final Source source;

  ServerChecks(PipelineConfig config, Source source) {
    this.config = config.source();
    this.source = source;
  }

  List<Finding> findings() {
    return List.of(version(), walLevel(), role(), state(), freeSlot(), freeSender(), walLimit());
  }

  private Finding version() {
    int version = Integer.parseInt(setting("server_version_num"));
    return version >= OLDEST_VERSION
        ? Finding.ok("PostgreSQL " + setting("server_version"))
        : Finding.problem(
            "Cannot capture from this server: PostgreSQL 13 or newer is needed: "
                + setting("server_version"),
            "Upgrade it.");
  }

  private Finding walLevel() {
    String level = setting("wal_level");
    return level.equals("logical")
        ? Finding.ok("wal_level is logical")
        : Finding.problem(
            "Cannot capture from this server: wal_level is not logical: " + level,
            "ALTER SYSTEM SET wal_level = logical; and restart it"
                + " (on RDS: rds.logical_replication = 1 in the parameter group).");
  }

  private Finding role() {
    return isTrue(MAY_REPLICATE)
        ? Finding.ok("role " + config.user() + " may replicate")
        : Finding.problem(
            "Cannot capture as this role: it may not replicate: " + config.user(),
            "ALTER ROLE %s REPLICATION; (on RDS: GRANT rds_replication TO %s;)"
                .formatted(role(config), role(config)));
  }

  private Finding state() {
    return isTrue(MAY_RECORD)
        ? Finding.ok("role " + config.user() + " may record its state in schema firn")
        : Finding.problem(
            "Cannot record the state of the capture: the role may not write to schema firn: "
                + config.user(),
            "CREATE SCHEMA IF NOT EXISTS firn; GRANT USAGE, CREATE ON SCHEMA firn TO %s; and, where"
                    .formatted(role(config))
                + " they exist, GRANT ALL ON ALL TABLES IN SCHEMA firn TO it.");
  }

  private Finding freeSlot() {
    if (source.slots().status().isPresent()) {
      return Finding.ok("replication slot " + config.slot() + " is there");
    }
    return room(
        "max_replication_slots", "SELECT count(*) FROM pg_replication_slots", "replication slot");
  }

  private Finding freeSender() {
    return room(
        "max_wal_senders", "SELECT count(*) FROM pg_stat_replication", "replication connection");
  }

  private Finding room(String setting, String count, String what) {
    long used = Long.parseLong(source.sql().text(DOING, count));
    long limit = Long.parseLong(setting(setting));
    return used < limit
        ? Finding.ok("a %s is free (%d of %d in use)".formatted(what, used, limit))
        : Finding.problem(
            "Cannot get a %s: all are in use: %s = %d".formatted(what, setting, limit),
            "ALTER SYSTEM SET %s = %d; and restart it, or drop what is not needed."
                .formatted(setting, limit + 10));
  }

  private Finding walLimit() {
    String limit = setting("max_slot_wal_keep_size");
    return limit.equals("-1")
        ? Finding.warning(
            "a capture that stands still holds log until the disk is full:"
                + " max_slot_wal_keep_size = -1",
            "ALTER SYSTEM SET max_slot_wal_keep_size = '50GB'; SELECT pg_reload_conf();")
        : Finding.ok("max_slot_wal_keep_size is " + limit);
  }

  private String setting(String name) {
    return source.sql().text(DOING, "SELECT current_setting(?::text)", name);
  }

  private boolean isTrue(String query) {
    return "t".equals(source.sql().text(DOING, query));
  }

  private static String role(SourceConfig config) {
    return SqlText.identifier(config.user());
  }
}
