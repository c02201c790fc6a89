package dev.firn.contract;

/** What a change event did to its row; {@link #code()} is its spelling on the wire. */
public enum Operation {
  INSERT("c"),
  UPDATE("u"),
  DELETE("d"),
  /** A row as the initial snapshot read it. */
  READ("r"),
  /** Removes all rows with a smaller position; the event has no key. */
  TRUNCATE("t");

  private final String code;

  Operation(String code) {
    this.code = code;
  }

  public String code() {
    return code;
  }

  /** The event carries a row image in {@code after}. */
  public boolean writesRow() {
    return this == INSERT || this == UPDATE || this == READ;
  }

  /**
   * @throws IllegalArgumentException when no operation has this code
   */
  public static Operation ofCode(String code) {
    for (Operation operation : values()) {
      if (operation.code.equals(code)) {
        return operation;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read operation: one of c, u, d, r, t is expected: " + code);
  }
}
