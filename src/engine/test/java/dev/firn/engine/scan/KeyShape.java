package dev.firn.engine.scan;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a key is made of.
 *
 * @param columns each a name, a type, and an SQL expression of the number {@code n}, as {@code id
 *     BIGINT = n * 3}
 */
record KeyShape(List<String> columns) {

  KeyShape(String... columns) {
    this(List.of(columns));
  }

  /** For {@code CREATE TABLE}. */
  String types() {
    return joined(column -> column.split(" = ", 2)[0] + " NOT NULL");
  }

  /** The key of row {@code n}. */
  String values() {
    return joined(
        column -> {
          String[] parts = column.split(" = ", 2);
          String[] named = parts[0].split(" ", 2);
          return "CAST(%s AS %s) AS %s".formatted(parts[1], named[1], named[0]);
        });
  }

  List<String> names() {
    return columns.stream().map(column -> column.split(" ", 2)[0]).toList();
  }

  /** Those Iceberg lets be an identifier. */
  List<String> exactNames() {
    return columns.stream()
        .filter(column -> !column.matches("\\w+ (FLOAT|DOUBLE) .*"))
        .map(column -> column.split(" ", 2)[0])
        .toList();
  }

  private String joined(UnaryOperator<String> each) {
    return columns.stream().map(each).collect(Collectors.joining(", "));
  }

  @Override
  public String toString() {
    return types();
  }
}
