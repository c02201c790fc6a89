package dev.firn.cdc.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.firn.testing.ServerVersion;
import dev.firn.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What types.txt says, as far as a server has it. */
final class TypeCases {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

  private final TestDatabase database;
  private final List<TypeCase> cases = new ArrayList<>();
  private final List<ColumnType> types = new ArrayList<>();
  private final List<String> leftOut = new ArrayList<>();

  /** A type as SQL names it, and as the schema document does. */
  record ColumnType(String name, String declaration) {

    boolean isArray() {
      return declaration.endsWith("[]");
    }

    ColumnType array() {
      return new ColumnType(name + "[]", declaration.replaceFirst("(\\(.*\\))?$", "$1[]"));
    }
  }

  /**
   * A value.
   *
   * @param expected what the event has of it; empty for PostgreSQL's own text
   */
  record TypeCase(ColumnType type, String sql, Optional<Object> expected) {

    /** The same in an array, with a NULL behind it. */
    String inArray() {
      return "ARRAY[(%s)::%s, NULL]".formatted(sql, type.name());
    }

    @Override
    public String toString() {
      return "%s: %.60s".formatted(type.name(), sql);
    }
  }

  private TypeCases(TestDatabase database) {
    this.database = database;
  }

  /** Makes the types in the database, and tells the cases it can have. */
  static TypeCases in(TestDatabase database) {
    TypeCases cases = new TypeCases(database);
    ColumnType type = null;
    for (String line : lines()) {
      String[] parts = line.strip().split("\t", -1);
      if (line.startsWith("CREATE ")) {
        database.execute(line);
      } else if (line.startsWith("\t")) {
        cases.add(Optional.ofNullable(type), parts);
      } else {
        type = cases.has(parts) ? new ColumnType(parts[0], parts[1]) : null;
        Optional.ofNullable(type).ifPresent(cases.types::add);
      }
    }
    return cases;
  }

  List<ColumnType> types() {
    return types;
  }

  List<TypeCase> all() {
    return cases;
  }

  /** What the server is too old for, or was built without. */
  List<String> leftOut() {
    return leftOut;
  }

  private void add(Optional<ColumnType> type, String... parts) {
    if (type.isPresent() && has(parts)) {
      Optional<Object> expected =
          parts[1].equals("text") ? Optional.empty() : Optional.of(json(parts[1]));
      cases.add(new TypeCase(type.get(), parts[0], expected));
    }
  }

  private boolean has(String... parts) {
    boolean has = parts.length < 3 || has(parts[2]);
    if (!has) {
      leftOut.add(parts[0] + " needs " + parts[2]);
    }
    return has;
  }

  private boolean has(String need) {
    if (need.matches("\\d+")) {
      return ServerVersion.of(database).isAtLeast(Integer.parseInt(need));
    }
    if (need.equals("xml")) {
      return isTrue(
          "SELECT strpos(setting, '--with-libxml') > 0 FROM pg_config WHERE name = 'CONFIGURE'");
    }
    boolean available =
        isTrue(
            "SELECT count(*) > 0 FROM pg_available_extensions WHERE name = '%s'".formatted(need));
    if (available) {
      database.execute("CREATE EXTENSION IF NOT EXISTS " + need);
    }
    return available;
  }

  private boolean isTrue(String query) {
    return "t".equals(database.queryText(query));
  }

  private static Object json(String text) {
    try {
      return JSON.readValue(text, Object.class);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot read types.txt: no JSON: " + text, e);
    }
  }

  private static List<String> lines() {
    try (InputStream text = TypeCases.class.getResourceAsStream("/types.txt")) {
      return Arrays.stream(new String(text.readAllBytes(), StandardCharsets.UTF_8).split("\n", -1))
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
