package dev.firn.cdc.value;

import dev.firn.contract.JsonBytes;

/**
 * A type of PostgreSQL, as far as reading its values goes. A domain is its base type.
 *
 * <p>{@link #name()} is what {@link dev.firn.contract.Column#type()} holds.
 */
public sealed interface PgType extends ValueWriter {

  String name();

  /** Any type whose values are not lists. */
  record Scalar(String name, ScalarKind kind) implements PgType {
    @Override
    public void write(JsonBytes out, byte[] text, int from, int to) {
      kind.write(out, text, from, to);
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
    public void write(JsonBytes out, byte[] text, int from, int to) {
      new ArrayLiteral(this, text, from, to).write(out);
    }
  }
}
