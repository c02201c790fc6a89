package dev.firn.contract;

/**
 * The origin of a change event. Events from the log describe how a row changed; the others describe
 * the state of a row at a position, and nothing about its earlier changes.
 */
public enum Origin {
  /** The source's log; such an event has no field {@code origin}. */
  LOG(""),
  /** A copy of the whole table, including the TRUNCATE that starts it. */
  SNAPSHOT("snapshot"),
  /** Single rows that were read again because the lake differed. */
  REPAIR("repair");

  private final String text;

  Origin(String text) {
    this.text = text;
  }

  /** Its spelling on the wire; empty for {@link #LOG}. */
  public String text() {
    return text;
  }

  /**
   * @throws IllegalArgumentException when no origin is spelled like this
   */
  public static Origin ofText(String text) {
    for (Origin origin : values()) {
      if (origin != LOG && origin.text.equals(text)) {
        return origin;
      }
    }
    throw new IllegalArgumentException(
        "Cannot read origin: snapshot or repair is expected: " + text);
  }
}
