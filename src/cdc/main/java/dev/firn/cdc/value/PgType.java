package dev.firn.cdc.value;

import dev.firn.contract.JsonBytes;

/**
 * A type of PostgreSQL, as needed to read its values. A domain is represented by its base type.
 *
 * <p>{@link #name()} is what {@link dev.firn.contract.Column#type()} holds.
 */
public sealed interface PgType extends ValueWriter {

  String name();

  /** Any type other than an array. */
  record Scalar(String name, ScalarKind kind) implements PgType {
    @Override
    public void write(JsonBytes out, byte[] text, int from, int to) {
      kind.write(out, text, from, to);
    }
  }

  /**
   * An array of any number of dimensions: each value has its own number, the type has none.
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
