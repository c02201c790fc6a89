package dev.firn.cdc.capture;

import java.util.List;
import java.util.Random;

/**
 * A table that is odd in some way, with the statements that change it at random.
 *
 * @param name as SQL spells it
 * @param token of the table
 * @param setup makes it
 * @param changes with {@code $k} for a key, {@code $l} for another one, {@code $n} for a number and
 *     {@code $t} for a text
 */
record OddTable(String name, String token, List<String> setup, List<String> changes) {

  private static final String LONG_TEXT =
      "(SELECT string_agg(md5(($n + i)::text), '') FROM generate_series(1, 200) i)";

  static final List<OddTable> ALL =
      List.of(
          keyed("plain", "id int PRIMARY KEY, qty int, note text", "$k, $n, $t", "qty = $n"),
          new OddTable(
              "composite",
              "composite",
              List.of("CREATE TABLE composite (a text, v numeric, b date, PRIMARY KEY (b, a))"),
              List.of(
                  "INSERT INTO composite VALUES ('$k', $n.50, '2026-08-05') ON CONFLICT DO NOTHING",
                  "UPDATE composite SET v = $n WHERE a = '$k'",
                  "UPDATE composite SET b = b + 1 WHERE a = '$k'",
                  "UPDATE composite SET a = a || 'x' WHERE a = '$k'",
                  "DELETE FROM composite WHERE a LIKE '$k%'")),
          new OddTable(
              "by_uuid",
              "by_uuid",
              List.of("CREATE TABLE by_uuid (id uuid PRIMARY KEY, doc jsonb)"),
              List.of(
                  "INSERT INTO by_uuid VALUES (md5('$k')::uuid, '{\"a\": [1, \"\\\\\\\"\"]}')"
                      + " ON CONFLICT DO NOTHING",
                  "UPDATE by_uuid SET doc = jsonb_build_object('n', $n, 't', $t)"
                      + " WHERE id = md5('$k')::uuid",
                  "DELETE FROM by_uuid WHERE id = md5('$k')::uuid")),
          toasted("toasted", "toasted", ""),
          toasted("full_identity", "full_identity", "REPLICA IDENTITY FULL"),
          toasted("by_index", "by_index", "REPLICA IDENTITY USING INDEX by_index_code"),
          new OddTable(
              "\"Odd.\"\"Name\"",
              "odd",
              List.of(
                  "CREATE TABLE \"Odd.\"\"Name\" (\"Id\" int PRIMARY KEY, \"select \"\"x\" text)"),
              List.of(
                  "INSERT INTO \"Odd.\"\"Name\" VALUES ($k, $t) ON CONFLICT DO NOTHING",
                  "UPDATE \"Odd.\"\"Name\" SET \"select \"\"x\" = $t WHERE \"Id\" = $k",
                  "DELETE FROM \"Odd.\"\"Name\" WHERE \"Id\" = $k")),
          new OddTable(
              "keyless",
              "keyless",
              List.of(
                  "CREATE TABLE keyless (line text, n int)",
                  "ALTER TABLE keyless REPLICA IDENTITY FULL"),
              List.of(
                  "INSERT INTO keyless VALUES ($t, $n), ($t, $n)",
                  "INSERT INTO keyless VALUES (NULL, $n)")),
          new OddTable(
              "by_bytes",
              "by_bytes",
              List.of("CREATE TABLE by_bytes (id bytea PRIMARY KEY, v bytea)"),
              List.of(
                  "INSERT INTO by_bytes VALUES (decode(md5('$k'), 'hex'), '\\x00$n$n')"
                      + " ON CONFLICT DO NOTHING",
                  "UPDATE by_bytes SET v = NULL WHERE id = decode(md5('$k'), 'hex')",
                  "DELETE FROM by_bytes WHERE id = decode(md5('$k'), 'hex')")),
          keyed(
              "generated",
              "id int PRIMARY KEY, a int, note text, b int GENERATED ALWAYS AS (a * 2) STORED",
              "$k, $n, $t",
              "a = $n"),
          new OddTable(
              "many_types",
              "many_types",
              List.of(
                  "CREATE TYPE mood AS ENUM ('sad', 'ok')",
                  "CREATE TABLE many_types (id bigint PRIMARY KEY, at timestamptz, d date,"
                      + " words text[], m mood, f float8, ok bool, span interval)"),
              List.of(
                  "INSERT INTO many_types VALUES ($k, clock_timestamp(), '2026-01-01'::date + $n,"
                      + " ARRAY[$t, NULL, 'a\"b'], 'ok', $n / 7.0, true, '$n days 1 hour')"
                      + " ON CONFLICT DO NOTHING",
                  "UPDATE many_types SET at = now(), f = 'NaN', m = NULL WHERE id = $k",
                  "UPDATE many_types SET d = NULL, ok = NOT ok, words = '{}' WHERE id = $k",
                  "DELETE FROM many_types WHERE id = $k")),
          new OddTable(
              "far.away",
              "far.away",
              List.of("CREATE SCHEMA far", "CREATE TABLE far.away (id int PRIMARY KEY, v text)"),
              List.of(
                  "INSERT INTO far.away SELECT i, $t FROM generate_series($k, $k + 5) i"
                      + " ON CONFLICT (id) DO UPDATE SET v = excluded.v",
                  "TRUNCATE far.away",
                  "DELETE FROM far.away WHERE id < $k")));

  String change(Random random) {
    return changes
        .get(random.nextInt(changes.size()))
        .replace("$k", String.valueOf(random.nextInt(30)))
        .replace("$l", String.valueOf(random.nextInt(30)))
        .replace("$n", String.valueOf(10 + random.nextInt(90)))
        .replace("$t", "E'" + "t\\t\\\\ \\n Huế \"".repeat(random.nextInt(3)) + "'");
  }

  private static OddTable keyed(String name, String columns, String row, String assignment) {
    return new OddTable(
        name,
        name,
        List.of("CREATE TABLE %s (%s)".formatted(name, columns)),
        List.of(
            "INSERT INTO %s VALUES (%s) ON CONFLICT DO NOTHING".formatted(name, row),
            "UPDATE %s SET %s WHERE id = $k".formatted(name, assignment),
            "UPDATE %s SET %s WHERE id = $k OR id = $l".formatted(name, assignment),
            "UPDATE %s SET id = id + 1000 WHERE id = $k".formatted(name),
            "UPDATE %s SET id = -1 WHERE id = $k;".formatted(name)
                + "UPDATE %s SET id = $k WHERE id = $l;".formatted(name)
                + "UPDATE %s SET id = $l WHERE id = -1".formatted(name),
            "DELETE FROM %1$s WHERE id = $k; INSERT INTO %1$s VALUES (%2$s)".formatted(name, row),
            "DELETE FROM %s WHERE id = $k OR id > 900".formatted(name)));
  }

  private static OddTable toasted(String name, String token, String identity) {
    return new OddTable(
        name,
        token,
        List.of(
            "CREATE TABLE %s (id int PRIMARY KEY, code int NOT NULL, big text, n int)"
                .formatted(name),
            "CREATE UNIQUE INDEX %1$s_code ON %1$s (code)".formatted(name),
            "ALTER TABLE %s ALTER big SET STORAGE EXTERNAL".formatted(name),
            identity.isEmpty() ? "SELECT 1" : "ALTER TABLE %s %s".formatted(name, identity)),
        List.of(
            "INSERT INTO %s VALUES ($k, $k, %s, 0) ON CONFLICT DO NOTHING"
                .formatted(name, LONG_TEXT),
            "UPDATE %s SET n = $n WHERE id = $k".formatted(name),
            "UPDATE %s SET n = n + 1".formatted(name),
            "UPDATE %s SET big = %s WHERE id = $k".formatted(name, LONG_TEXT),
            "UPDATE %s SET id = id + 100, code = code + 100 WHERE id = $k".formatted(name),
            "UPDATE %s SET big = NULL WHERE id = $k".formatted(name),
            "DELETE FROM %s WHERE id = $k".formatted(name)));
  }
}
