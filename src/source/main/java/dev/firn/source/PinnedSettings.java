package dev.firn.source;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The settings that every session of Firn uses, whatever the role, the database, the server or the
 * driver (which sends the JVM's time zone) would set: settings that end a session or a statement,
 * that refuse its work, or that decide how values and names are written as text. Two sessions that
 * wrote one value in two ways would look like a change.
 *
 * <p>A test compares each setting that a role may have with this list, on each version of
 * PostgreSQL. One is not pinned although values depend on it: {@code lc_monetary} decides how many
 * decimal places the stored number of a {@code money} has, so any pinned value could yield wrong
 * amounts.
 */
final class PinnedSettings {

  /**
   * @param value as SQL spells it
   * @param since the first major version of PostgreSQL that knows it
   */
  private record Setting(String name, String value, int since) {}

  private static final int OLDEST = 13;

  /**
   * Settings that end a session, a transaction or a statement; first, as they might end this one.
   */
  private static final List<Setting> TIMEOUTS =
      List.of(
          always("statement_timeout", "0"),
          new Setting("transaction_timeout", "0", 17),
          always("lock_timeout", "0"),
          always("idle_in_transaction_session_timeout", "0"),
          new Setting("idle_session_timeout", "0", 14),
          // A query that may fail, as for a row whose table was dropped, must not end the session.
          always("exit_on_error", "off"),
          // Otherwise a session that lost its network would hold slot and claim for hours; a
          // session that does not read for a while, because the output is full, is not cut off.
          always("tcp_keepalives_idle", "10"),
          always("tcp_keepalives_interval", "5"),
          always("tcp_keepalives_count", "3"),
          always("tcp_user_timeout", "0"));

  /** Settings that refuse work or reduce it. */
  private static final List<Setting> WORK =
      List.of(
          always("default_transaction_read_only", "off"),
          always("default_transaction_isolation", "'read committed'"),
          always("default_transaction_deferrable", "off"),
          // Then a row-level policy fails the query instead of hiding rows from it.
          always("row_security", "off"),
          // Recorded state, and the mark up to which a run drains, must be on disk immediately.
          always("synchronous_commit", "on"),
          // The tables of schema firn.
          always("default_tablespace", "''"),
          always("default_table_access_method", "heap"));

  /** How values and names are read and written. */
  private static final List<Setting> TEXTS =
      List.of(
          always("quote_all_identifiers", "off"),
          // The text of a regclass depends on it; and no user's function can shadow a built-in one.
          always("search_path", "pg_catalog"),
          always("TimeZone", "'UTC'"),
          always("DateStyle", "'ISO, MDY'"),
          always("IntervalStyle", "'postgres'"),
          always("extra_float_digits", "1"),
          always("bytea_output", "'hex'"),
          always("xmlbinary", "'base64'"),
          always("xmloption", "'content'"),
          always("array_nulls", "on"),
          always("standard_conforming_strings", "on"),
          always("transform_null_equals", "off"));

  /**
   * The server ends a replication session from which it hears nothing for this time. Firn sends its
   * status every two seconds, every five while its output is full: a shorter time would cut it off.
   */
  private static final String SENDER_TIMEOUT = "wal_sender_timeout";

  private static final String SENDER_TIMEOUT_SQL =
      "SELECT pg_catalog.set_config(name, '60s', false) FROM pg_catalog.pg_settings"
          + " WHERE name = '%s' AND setting::int BETWEEN 1 AND 29999".formatted(SENDER_TIMEOUT);

  private PinnedSettings() {}

  private static Setting always(String name, String value) {
    return new Setting(name, value, OLDEST);
  }

  private static Stream<Setting> of(int majorVersion) {
    return Stream.of(TIMEOUTS, WORK, TEXTS)
        .flatMap(List::stream)
        .filter(setting -> setting.since() <= majorVersion);
  }

  /** The names of the settings that a server of this version knows. */
  static List<String> names(int majorVersion) {
    return Stream.concat(of(majorVersion).map(Setting::name), Stream.of(SENDER_TIMEOUT)).toList();
  }

  /** The statements that set them. */
  static String sql(int majorVersion) {
    return of(majorVersion)
            .map(setting -> "SET " + setting.name() + " = " + setting.value() + ";")
            .collect(Collectors.joining())
        + SENDER_TIMEOUT_SQL;
  }
}
