package dev.firn.pipeline;

import java.util.Objects;

/** What the producer writes instead of a column's value. */
public sealed interface Mask {

  /** NULL, for every value. */
  record Drop() implements Mask {}

  /** HMAC-SHA-256 of the value's text under the key of the configuration, in hexadecimal digits. */
  record Sha256() implements Mask {}

  /** One text, for every value that is not NULL. */
  record Fixed(String text) implements Mask {
    public Fixed {
      Objects.requireNonNull(text, "text");
    }
  }
}
