package dev.firn.pipeline;

import dev.firn.console.OperatorException;
import java.util.ArrayList;
import java.util.List;

/**
 * All mistakes of a configuration, each with its key, its value and the remedy, reported together.
 */
final class Problems {

  private final String origin;
  private final List<String> lines = new ArrayList<>();

  Problems(String origin) {
    this.origin = origin;
  }

  void add(String key, String what, Object value, String remedy) {
    lines.add("%s: %s: %s. %s".formatted(key, what, value, remedy));
  }

  void addMissing(String key, String remedy) {
    lines.add("%s: is missing. %s".formatted(key, remedy));
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** One line for one mistake, a list for more. */
  OperatorException asException() {
    if (lines.size() == 1) {
      return new OperatorException("Cannot use " + origin, lines.get(0));
    }
    StringBuilder list = new StringBuilder("It has " + lines.size() + " mistakes:");
    lines.forEach(line -> list.append("\n  - ").append(line));
    return new OperatorException("Cannot use " + origin, list.toString());
  }
}
