package dev.firn.source;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.pipeline.Secret;
import dev.firn.pipeline.SourceConfig;
import dev.firn.testing.AdverseRole;
import dev.firn.testing.OnPostgres;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

@OnPostgres
class PinnedSettingsTest {

  private static final String SETTINGS_OF_A_ROLE =
      "SELECT string_agg(name, ',') FROM pg_settings WHERE context = 'user'";

  @Test
  void everySettingThatARoleMayHaveIsPinnedOrKnownToDoNoHarm(TestDatabase database)
      throws IOException {
    Set<String> settings =
        new TreeSet<>(List.of(database.queryText(SETTINGS_OF_A_ROLE).split(",", -1)));
    List<String> pinned = PinnedSettings.names(ServerVersion.of(database).major());

    assertEquals(Set.of(), missing(pinned, settings), "pinned, and not there");
    settings.removeAll(pinned);
    settings.removeAll(harmless());
    assertEquals(Set.of(), settings, "decide whether Firn's sessions need them pinned");
  }

  @Test
  void whateverTheRoleHasBothKindsOfSessionHaveOurs(TestDatabase database) throws SQLException {
    String role = AdverseRole.create(database);
    SourceConnections connections =
        new SourceConnections(
            new SourceConfig(database.url(), role, new Secret("PATH"), "firn", "firn", List.of()));
    Map<String, String> expected = new TreeMap<>(AdverseRole.settings(database));
    Set<String> names = expected.keySet();
    assertEquals(
        Set.of(), missing(PinnedSettings.names(ServerVersion.of(database).major()), names));
    expected.putAll(pinned());
    expected.keySet().retainAll(AdverseRole.settings(database).keySet());

    try (Connection sql = connections.sql();
        Connection replication = connections.replication()) {
      assertEquals(expected, shown(sql, names));
      assertEquals(expected, shown(replication, names));
    }
  }

  private static Map<String, String> pinned() {
    Map<String, String> pinned = new TreeMap<>();
    for (String timeout :
        List.of(
            "statement_timeout",
            "transaction_timeout",
            "lock_timeout",
            "idle_in_transaction_session_timeout",
            "idle_session_timeout",
            "tcp_user_timeout")) {
      pinned.put(timeout, "0");
    }
    for (String off :
        List.of(
            "exit_on_error",
            "default_transaction_read_only",
            "default_transaction_deferrable",
            "row_security",
            "quote_all_identifiers",
            "transform_null_equals")) {
      pinned.put(off, "off");
    }
    for (String on : List.of("synchronous_commit", "array_nulls", "standard_conforming_strings")) {
      pinned.put(on, "on");
    }
    pinned.putAll(
        Map.of(
            "tcp_keepalives_idle", "10",
            "tcp_keepalives_interval", "5",
            "tcp_keepalives_count", "3",
            "default_transaction_isolation", "read committed",
            "default_tablespace", "",
            "default_table_access_method", "heap",
            "search_path", "pg_catalog",
            "wal_sender_timeout", "1min",
            "extra_float_digits", "1",
            "bytea_output", "hex"));
    pinned.putAll(
        Map.of(
            "TimeZone", "UTC",
            "DateStyle", "ISO, MDY",
            "IntervalStyle", "postgres",
            "xmlbinary", "base64",
            "xmloption", "content"));
    return pinned;
  }

  private static Map<String, String> shown(Connection connection, Set<String> names)
      throws SQLException {
    Map<String, String> shown = new TreeMap<>();
    try (Statement statement = connection.createStatement()) {
      for (String name : names) {
        try (ResultSet row = statement.executeQuery("SHOW " + name)) {
          row.next();
          shown.put(name, row.getString(1));
        }
      }
    }
    return shown;
  }

  private static Set<String> missing(List<String> wanted, Set<String> found) {
    return wanted.stream().filter(name -> !found.contains(name)).collect(Collectors.toSet());
  }

  private static Set<String> harmless() throws IOException {
    try (var in = PinnedSettingsTest.class.getResourceAsStream("/harmless-settings.txt")) {
      return Arrays.stream(new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1))
          .filter(line -> !line.startsWith("#"))
          .flatMap(line -> Arrays.stream(line.split(" ", -1)))
          .collect(Collectors.toSet());
    }
  }
}
