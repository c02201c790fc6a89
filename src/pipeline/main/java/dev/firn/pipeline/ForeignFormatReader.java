package dev.firn.pipeline;

import dev.firn.contract.Column;
import dev.firn.contract.ReservedColumns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads {@code format} of a table and the keys that go with it. If one of them is wrong, it reports
 * the problem and returns no format.
 */
final class ForeignFormatReader {

  private static final Set<String> FLAT_FIELDS = Set.of("kind", "table", "event_timestamp");

  private final Section options;
  private final String token;

  private ForeignFormatReader(Section options, String token) {
    this.options = options;
    this.token = token;
  }

  static Optional<ForeignFormat> read(Section options, String token) {
    return options.text("format").flatMap(new ForeignFormatReader(options, token)::format);
  }

  private Optional<ForeignFormat> format(String format) {
    Optional<ForeignTable> table = table(format);
    return switch (format) {
      case "debezium" -> debezium(table);
      case "dms" -> table.map(ForeignFormat.Dms::new);
      case "flat" -> flat(table);
      default -> {
        problem("format", "is not a format", format, "Write debezium, dms or flat.");
        yield Optional.empty();
      }
    };
  }

  private Optional<ForeignFormat> debezium(Optional<ForeignTable> table) {
    ForeignFormat.Decimals decimals =
        options
            .choice("decimals", ForeignFormat.Decimals.class)
            .orElse(ForeignFormat.Decimals.PRECISE);
    ForeignFormat.Times times =
        options.choice("times", ForeignFormat.Times.class).orElse(ForeignFormat.Times.ADAPTIVE);
    return table.map(declared -> new ForeignFormat.Debezium(declared, decimals, times));
  }

  private Optional<ForeignFormat> flat(Optional<ForeignTable> table) {
    ForeignFormat.FlatOrder order =
        options
            .choice("order", ForeignFormat.FlatOrder.class)
            .orElse(ForeignFormat.FlatOrder.EVENT_TIMESTAMP);
    return table.map(declared -> new ForeignFormat.Flat(declared, order));
  }

  private Optional<ForeignTable> table(String format) {
    QualifiedName name = name();
    List<String> key = options.texts("key");
    Section declared =
        options.requiredSection("columns", "Declare them: { id: int4, note: text, … }.");
    List<Column> columns = new ArrayList<>();
    for (String column : declared.keys()) {
      column(declared, column, key, format).ifPresent(columns::add);
    }
    boolean complete = checkKey(key, declared.keys()) && columns.size() == declared.keys().size();
    return complete ? Optional.of(new ForeignTable(name, columns)) : Optional.empty();
  }

  // A token is the natural name of its table: crm.account, or sales for public.sales.
  private QualifiedName name() {
    String text = options.text("table").orElse(token);
    Optional<QualifiedName> name = QualifiedName.parse(text);
    if (name.isEmpty()) {
      problem("table", "is not a name", text, "Write schema.table, quoted as in SQL.");
    }
    return name.orElse(new QualifiedName("public", token));
  }

  private boolean checkKey(List<String> key, List<String> columns) {
    if (key.isEmpty()) {
      options.problems().addMissing(options.path("key"), "Name the key's columns: key: [id].");
      return false;
    }
    if (key.stream().distinct().count() < key.size()) {
      problem("key", "has a column twice", key, "Name each once.");
      return false;
    }
    for (String column : key) {
      if (!columns.contains(column)) {
        problem("key", "is not among the columns", column, "Declare it under columns.");
        return false;
      }
    }
    return true;
  }

  private Optional<Column> column(Section declared, String name, List<String> key, String format) {
    String text = declared.text(name).orElse("");
    Optional<DeclaredType> type = DeclaredType.parse(text);
    if (type.isEmpty()) {
      declared
          .problems()
          .add(
              declared.path(name),
              "is not a type",
              text,
              "Write PostgreSQL's: int4, numeric(12,2), timestamptz; text for an enum and the like.");
      return Optional.empty();
    }
    if (ReservedColumns.contains(name) || (format.equals("flat") && FLAT_FIELDS.contains(name))) {
      declared
          .problems()
          .add(
              declared.path(name),
              "cannot be a column",
              name,
              "The format reserves this name: leave it out, or rename it in the producer.");
      return Optional.empty();
    }
    int ordinal = key.indexOf(name) + 1;
    return Optional.of(
        new Column(name, type.get().name(), type.get().modifiers(), ordinal == 0, ordinal));
  }

  private void problem(String key, String what, Object value, String remedy) {
    options.problems().add(options.path(key), what, value, remedy);
  }
}
