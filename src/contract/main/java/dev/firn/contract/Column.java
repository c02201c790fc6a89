package dev.firn.contract;

import java.util.List;
import java.util.Objects;

/**
 * A column of a source table.
 *
 * @param type PostgreSQL's internal name of the type ({@code pg_type.typname}), without modifiers:
 *     {@code int4}, {@code numeric}, {@code varchar}, {@code bpchar}, {@code timestamptz}, {@code
 *     bool}; of an array the element's name and {@code []}: {@code text[]}, for any number of
 *     dimensions; of a domain its base type; of an enum or composite type its own name, with its
 *     schema before it ({@code app.date}) where a built-in type has the same
 * @param modifiers of the type: precision and scale of a numeric, length of a varchar; empty
 *     without
 * @param nullable the source allows NULL
 * @param keyOrdinal place in the key from 1; 0 outside it
 */
public record Column(
    String name, String type, List<Integer> modifiers, boolean nullable, int keyOrdinal) {

  public Column {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
    modifiers = List.copyOf(modifiers);
    if (name.isEmpty() || type.isEmpty() || keyOrdinal < 0) {
      throw new IllegalArgumentException(
          "Cannot use column: name and type are not empty, the place in the key is 0 or more: "
              + "name '%s', type '%s', key %s".formatted(name, type, keyOrdinal));
    }
  }

  public boolean isKey() {
    return keyOrdinal > 0;
  }

  /** The type as PostgreSQL prints it: {@code numeric(14,2)}, {@code numeric(14,2)[]}. */
  public String declaration() {
    if (modifiers.isEmpty()) {
      return type;
    }
    String list = modifiers.toString().replace(" ", "").replace('[', '(').replace(']', ')');
    int brackets = type.indexOf('[');
    return brackets < 0
        ? type + list
        : type.substring(0, brackets) + list + type.substring(brackets);
  }
}
