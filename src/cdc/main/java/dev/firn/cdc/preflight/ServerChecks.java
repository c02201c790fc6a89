package dev.firn.cdc.preflight;

import dev.firn.cdc.source.Source;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceConfig;
import dev.firn.source.SqlRemedy;
import dev.firn.source.SqlRemedy.Purpose;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The server, its settings, and the role. */
final class ServerChecks {

  private static final String DOING = "check the server";
  private static final int OLDEST_VERSION = 130000;
  private static final int TOO_NEW_VERSION = 190000;

  private static final String MAY_REPLICATE =
      """
      SELECT rolreplication OR rolsuper OR EXISTS (
        SELECT FROM pg_roles r WHERE r.rolname = 'rds_replication'
        AND pg_has_role(current_user, r.oid, 'MEMBER'))
      FROM pg_roles WHERE rolname = current_user
      """;

  // By OID, since a name in a schema that the role may not use fails the query. One privilege at a
  // time, since a list would ask for any of them.
  private static final String MAY_RECORD =
      """
      SELECT CASE WHEN n.oid IS NULL THEN has_database_privilege(current_database(), 'CREATE')
        ELSE has_schema_privilege(n.oid, 'USAGE')
          AND (has_schema_privilege(n.oid, 'CREATE') OR EXISTS (
            SELECT FROM pg_class WHERE relnamespace = n.oid AND relname = 'captured_table'))
          AND NOT EXISTS (
            SELECT FROM pg_class c, unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE']) p
            WHERE c.relnamespace = n.oid AND c.relkind = 'r' AND NOT has_table_privilege(c.oid, p))
        END
      FROM (VALUES (1)) one LEFT JOIN pg_namespace n ON n.nspname = 'firn'
      """;

  private static final String HAS_RDS_ROLE =
      "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rds_replication')";

  private final SourceConfig config;
  private final Source source;
  private final Settings settings;

  ServerChecks(PipelineConfig config, Source source) {
    this.config = config.source();
    this.source = source;
    this.settings = new Settings(source);
  }

  List<Finding> findings() {
    List<Finding> findings = new ArrayList<>(List.of(version()));
    standby().ifPresent(findings::add);
    findings.addAll(List.of(walLevel(), role(), state()));
    findings.addAll(new SlotChecks(config, source).findings());
    findings.addAll(new SettingChecks(source).findings());
    return findings;
  }

  private Optional<Finding> standby() {
    return isTrue("SELECT pg_is_in_recovery()")
        ? Optional.of(
            Finding.problem(
                "Cannot capture from this server: it is a standby: " + config.url(),
                "Name the primary in source.url."))
        : Optional.empty();
  }

  private Finding version() {
    int version = settings.version();
    if (version >= TOO_NEW_VERSION) {
      return Finding.warning(
          "this PostgreSQL version is newer than the tested ones (13 to 18): "
              + settings.text("server_version"),
          "Run 'firn verify' more often than usual.");
    }
    return version >= OLDEST_VERSION
        ? Finding.ok("PostgreSQL " + settings.text("server_version"))
        : Finding.problem(
            "Cannot capture from this server: PostgreSQL 13 or newer is needed: "
                + settings.text("server_version"),
            "Upgrade it.");
  }

  private Finding walLevel() {
    String level = settings.text("wal_level");
    return level.equals("logical")
        ? Finding.ok("wal_level is logical")
        : Finding.problem(
                "Cannot capture from this server: wal_level is not logical: " + level,
                "Then restart the server (on RDS set rds.logical_replication = 1 in the parameter"
                    + " group instead).")
            .with(SqlRemedy.of(Purpose.LOGICAL_LOG, "ALTER SYSTEM SET wal_level = logical;"));
  }

  private Finding role() {
    return isTrue(MAY_REPLICATE)
        ? Finding.ok("role " + config.user() + " may replicate")
        : Finding.problem("Cannot capture as this role: it may not replicate: " + config.user(), "")
            .with(
                isTrue(HAS_RDS_ROLE)
                    ? SqlRemedy.replicationOnRds(config.user())
                    : SqlRemedy.replication(config.user()));
  }

  private Finding state() {
    return isTrue(MAY_RECORD)
        ? Finding.ok("role " + config.user() + " may record its state in schema firn")
        : Finding.problem(
                "Cannot record the state of the capture: the role may not write to schema firn: "
                    + config.user(),
                "")
            .with(SqlRemedy.stateSchema(config.user()));
  }

  private boolean isTrue(String query) {
    return "t".equals(source.sql().text(DOING, query));
  }
}
