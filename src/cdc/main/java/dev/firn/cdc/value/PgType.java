package dev.firn.cdc.value;

/**
 * A type of PostgreSQL, as far as reading its values goes. A domain is its base type.
 *
 * <p>{@link #name()} is what {@link dev.firn.contract.Column#type()} holds.
 */
public sealed interface PgType {

  String name();

  /**
   * Reads a value from PostgreSQL's text of it, written under the settings of a pinned session.
   *
   * @throws IllegalArgumentException when the text is not of this type
   */
  Object read(String text);

  /** Any type whose values are not lists. */
  record Scalar(String name, ScalarKind kind) implements PgType {

    @Override
    public Object read(String text) {
      return kind.read(text);
    }
  }

  /**
   * An array of any number of dimensions: the type does not say how many, each value does.
   *
   * @param delimiter between elements: a comma for all types but {@code box}
   */
  record Array(PgType element, char delimiter) implements PgType {

    @Override
    public String name() {
      return element.name() + "[]";
    }

    @Override
    public Object read(String text) {
      return ArrayLiteral.read(text, delimiter, element);
    }
  }
}
