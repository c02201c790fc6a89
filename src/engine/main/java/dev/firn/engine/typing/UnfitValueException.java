package dev.firn.engine.typing;

/**
 * A value that its column in the lake cannot hold unchanged; the message is the reason recorded in
 * quarantine.
 */
public final class UnfitValueException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnfitValueException(String reason) {
    super(reason);
  }

  static UnfitValueException of(Object value, String type) {
    String text = String.valueOf(value);
    return new UnfitValueException(
        "a value does not fit %s: %s"
            .formatted(type, text.length() > 100 ? text.substring(0, 100) + "…" : text));
  }
}
