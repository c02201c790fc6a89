package dev.firn.engine.typing;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Column;
import dev.firn.contract.Operation;
import dev.firn.contract.Origin;
import dev.firn.contract.Position;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.RowImage;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Random tables, and events of them in the format of the producer. */
final class RandomEvents {

  /** A placeholder for a value that a test writes itself. */
  static final String PLACEHOLDER = "@here@";

  private static final List<Origin> ORIGINS = List.of(Origin.values());

  private static final List<String> KEY_TYPES =
      List.of("int4", "int8", "text", "numeric(12,2)", "numeric(30,4)", "date", "timestamptz");

  private static final List<String> TYPES =
      List.of(
          "bool",
          "int2",
          "int4",
          "int8",
          "float4",
          "float8",
          "numeric",
          "numeric(9,3)",
          "numeric(18,0)",
          "numeric(19,4)",
          "numeric(38,38)",
          "date",
          "timestamp",
          "timestamptz",
          "text",
          "bytea",
          "jsonb",
          "text[]",
          "bool[]",
          "int4[]",
          "float4[]",
          "date[]",
          "timestamptz[]",
          "bytea[]",
          "numeric(9,3)[]",
          "numeric(30,3)[]");

  private static final List<String> TEXTS =
      List.of(
          "",
          "plain",
          "a \"quoted\" \\ text",
          "line\nbreak\ttab\b\f\r",
          "Zoë",
          "日本語",
          "🎈🎈",
          "nul \0 and \u001f",
          "{\"json\": [1, \"x\"]}",
          "x".repeat(300),
          "/",
          "\u007f\u0080\uffff");

  private final Random random;

  RandomEvents(long seed) {
    this.random = new Random(seed);
  }

  Random random() {
    return random;
  }

  SchemaDocument mirrored() {
    return document(1 + random.nextInt(2));
  }

  SchemaDocument keyless() {
    return document(0);
  }

  private SchemaDocument document(int keys) {
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < keys; i++) {
      String type = KEY_TYPES.get(random.nextInt(KEY_TYPES.size()));
      columns.add(column("id" + i, type, keys - i));
    }
    int others = 1 + random.nextInt(8);
    for (int i = 0; i < others; i++) {
      String type = TYPES.get(random.nextInt(TYPES.size()));
      columns.add(random.nextInt(columns.size() + 1), column("Größe \"" + i, type, 0));
    }
    return document(columns);
  }

  /** The same table after a column was dropped; with one more key nothing changes. */
  SchemaDocument without(SchemaDocument document, int column) {
    List<Column> columns = new ArrayList<>(document.columns());
    if (!columns.get(column).isKey() && columns.size() > 1) {
      columns.remove(column);
    }
    return document(columns);
  }

  /** The same table after types were widened, each as Iceberg widens them. */
  SchemaDocument wider(SchemaDocument document) {
    return document(document.columns().stream().map(RandomEvents::wider).toList());
  }

  private static Column wider(Column column) {
    List<Integer> modifiers = column.modifiers();
    String type =
        switch (column.type()) {
          case "int2", "int4" -> "int8";
          case "float4" -> "float8";
          default -> column.type();
        };
    if (type.equals("numeric") && !modifiers.isEmpty()) {
      modifiers = List.of(Math.min(38, modifiers.get(0) + 10), modifiers.get(1));
    }
    return new Column(column.name(), type, modifiers, column.nullable(), column.keyOrdinal());
  }

  private static SchemaDocument document(List<Column> columns) {
    return new SchemaDocument(
        new TableToken("sales"), "public.sales", columns, ReplicaIdentity.FULL);
  }

  private static Column column(String name, String declaration, int key) {
    String array = declaration.endsWith("[]") ? "[]" : "";
    String[] parts = declaration.replace("[]", "").split("[(,)]", 0);
    List<Integer> modifiers =
        IntStream.range(1, parts.length).mapToObj(i -> Integer.valueOf(parts[i])).toList();
    return new Column(name, parts[0] + array, modifiers, key == 0, key);
  }

  ChangeEvent event(SchemaDocument document) {
    Operation[] operations = {
      Operation.INSERT, Operation.UPDATE, Operation.UPDATE, Operation.READ, Operation.DELETE
    };
    Operation operation = operations[random.nextInt(operations.length)];
    Map<String, Object> row = row(document);
    Map<String, Object> key = new LinkedHashMap<>();
    document.keyColumns().forEach(column -> key.put(column.name(), row.get(column.name())));
    Map<String, Object> before = random.nextInt(3) == 0 ? row(document) : Map.of();
    List<String> unchanged = new ArrayList<>();
    if (operation == Operation.UPDATE && random.nextInt(3) == 0) {
      document.columns().stream()
          .filter(column -> !column.isKey() && random.nextInt(3) == 0 && row.size() > 1)
          .forEach(
              column -> {
                row.remove(column.name());
                unchanged.add(column.name());
              });
    }
    return new ChangeEvent(
        document.version(),
        operation,
        new Position(1 + random.nextInt(3), random.nextLong() >>> 8, random.nextInt(1000)),
        instant().truncatedTo(ChronoUnit.MICROS),
        ORIGINS.get(random.nextInt(ORIGINS.size())),
        new RowImage(key, before, operation.writesRow() ? row : Map.of(), unchanged));
  }

  private Map<String, Object> row(SchemaDocument document) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (Column column : document.columns()) {
      boolean absent = !column.isKey() && random.nextInt(8) == 0;
      row.put(column.name(), absent ? null : value(column));
    }
    return row;
  }

  private Object value(Column column) {
    if (!column.type().endsWith("[]")) {
      return scalar(column, column.type());
    }
    String element = column.type().replace("[]", "");
    return IntStream.range(0, random.nextInt(5))
        .mapToObj(i -> random.nextInt(4) == 0 ? null : scalar(column, element))
        .toList();
  }

  private Object scalar(Column column, String type) {
    return switch (type) {
      case "bool" -> random.nextBoolean();
      case "int2" -> (long) (short) random.nextInt();
      case "int4" -> (long) random.nextInt() >> random.nextInt(31);
      case "int8" -> random.nextLong() >> random.nextInt(63);
      case "float4" -> Double.valueOf(Float.toString(random.nextFloat() * 1000 - 500));
      case "float8" ->
          random.nextBoolean() ? random.nextGaussian() * 1e9 : random.nextInt(1000) / 100.0;
      case "numeric" -> decimal(column.modifiers());
      case "date" -> date().toString();
      case "timestamp" -> time(LocalDateTime.ofInstant(instant(), ZoneOffset.UTC).toString());
      case "timestamptz" -> instant().toString();
      case "bytea" -> bytes();
      default -> TEXTS.get(random.nextInt(TEXTS.size())) + random.nextInt(10);
    };
  }

  private String decimal(List<Integer> modifiers) {
    int precision = modifiers.isEmpty() ? 38 : modifiers.get(0);
    int scale = modifiers.isEmpty() ? random.nextInt(10) : modifiers.get(1);
    int digits = 1 + random.nextInt(precision - (modifiers.isEmpty() ? 9 : 0));
    BigInteger unscaled = new BigInteger(digits * 3, random);
    return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale)
        .toPlainString();
  }

  private LocalDate date() {
    return LocalDate.of(1, 1, 1).plusDays(random.nextInt(3_652_058));
  }

  private Instant instant() {
    long micros = random.nextInt(3) * 1000L * random.nextInt(1000) + random.nextInt(2);
    return date()
        .atTime(random.nextInt(24), random.nextInt(60), random.nextInt(60))
        .toInstant(ZoneOffset.UTC)
        .plus(micros % 1_000_000, ChronoUnit.MICROS);
  }

  // PostgreSQL always writes the seconds.
  private static String time(String text) {
    return text.length() == "2026-01-01T00:00".length() ? text + ":00" : text;
  }

  private String bytes() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The event with a placeholder instead of one of its values. */
  ChangeEvent withPlaceholder(ChangeEvent event) {
    RowImage row = event.row();
    Map<String, Object> after = replaced(row.after());
    Map<String, Object> before = after == row.after() ? replaced(row.before()) : row.before();
    return new ChangeEvent(
        event.source(),
        event.operation(),
        event.position(),
        event.committedAt(),
        event.origin(),
        new RowImage(row.key(), before, after, row.unchanged()));
  }

  private Map<String, Object> replaced(Map<String, Object> values) {
    if (values.isEmpty() || random.nextInt(5) == 0) {
      return values;
    }
    Map<String, Object> replaced = new LinkedHashMap<>(values);
    List<String> names = List.copyOf(values.keySet());
    replaced.put(names.get(random.nextInt(names.size())), PLACEHOLDER);
    return replaced;
  }
}
