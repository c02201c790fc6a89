package dev.firn.engine.judge;

import dev.firn.contract.Position;
import java.io.Serializable;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A change that can no longer be judged: see {@link Outcome#FORGOTTEN}.
 *
 * @param key for people: {@code id=42, region=EU}
 */
public record ForgottenChange(Position position, String key) implements Serializable {

  public ForgottenChange {
    Objects.requireNonNull(position, "position");
    Objects.requireNonNull(key, "key");
  }

  /**
   * @param columns the key's columns
   * @param values in the same order
   */
  public static ForgottenChange of(Position position, List<String> columns, List<Object> values) {
    return new ForgottenChange(
        position,
        IntStream.range(0, columns.size())
            .mapToObj(i -> columns.get(i) + "=" + text(values.get(i)))
            .collect(Collectors.joining(", ")));
  }

  private static String text(Object value) {
    return value instanceof byte[] bytes
        ? Base64.getEncoder().encodeToString(bytes)
        : String.valueOf(value);
  }
}
