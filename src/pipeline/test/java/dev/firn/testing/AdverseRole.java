package dev.firn.testing;

import java.util.LinkedHashMap;
import java.util.Map;

/** A superuser whose settings would end, refuse or change whatever its sessions do. */
public final class AdverseRole {

  private static final String SHORT = "1s";

  private AdverseRole() {}

  /** Names of settings, with values that do harm, for the server's version. */
  public static Map<String, String> settings(TestDatabase database) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("statement_timeout", SHORT);
    settings.put("lock_timeout", SHORT);
    settings.put("idle_in_transaction_session_timeout", SHORT);
    settings.put("exit_on_error", "on");
    settings.put("tcp_keepalives_idle", "7200");
    settings.put("tcp_keepalives_interval", "75");
    settings.put("tcp_keepalives_count", "9");
    settings.put("tcp_user_timeout", SHORT);
    settings.put("default_transaction_read_only", "on");
    settings.put("default_transaction_isolation", "serializable");
    settings.put("default_transaction_deferrable", "on");
    settings.put("row_security", "on");
    settings.put("synchronous_commit", "off");
    settings.put("default_tablespace", "nowhere");
    settings.put("default_table_access_method", "columnar");
    settings.put("search_path", "public, pg_catalog");
    settings.put("quote_all_identifiers", "on");
    settings.put("TimeZone", "Asia/Ho_Chi_Minh");
    settings.put("DateStyle", "German, DMY");
    settings.put("IntervalStyle", "sql_standard");
    settings.put("extra_float_digits", "-15");
    settings.put("bytea_output", "escape");
    settings.put("xmlbinary", "hex");
    settings.put("xmloption", "document");
    settings.put("array_nulls", "off");
    settings.put("standard_conforming_strings", "off");
    settings.put("transform_null_equals", "on");
    settings.put("wal_sender_timeout", "200ms");
    ServerVersion version = ServerVersion.of(database);
    if (version.isAtLeast(14)) {
      settings.put("idle_session_timeout", SHORT);
    }
    if (version.isAtLeast(17)) {
      settings.put("transaction_timeout", SHORT);
    }
    return settings;
  }

  /** Creates one; answers its name. */
  public static String create(TestDatabase database) {
    String role = "adverse_" + Long.toHexString(System.nanoTime());
    database.execute("CREATE ROLE " + role + " LOGIN SUPERUSER REPLICATION");
    settings(database)
        .forEach(
            (name, value) ->
                database.execute("ALTER ROLE %s SET %s".formatted(role, set(name, value))));
    // Then no trigger runs, those of foreign keys included.
    database.execute("ALTER ROLE " + role + " SET session_replication_role = replica");
    return role;
  }

  // The list of a search path is not one text.
  private static String set(String name, String value) {
    return name.equals("search_path") ? name + " = " + value : name + " = '" + value + "'";
  }
}
