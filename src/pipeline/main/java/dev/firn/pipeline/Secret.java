package dev.firn.pipeline;

import dev.firn.console.OperatorException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a secret is to be found: {@code ${env:NAME}}. The value itself is never in the
 * configuration, never in a field, and resolved only where it is used.
 *
 * @param variable of the environment
 */
public record Secret(String variable) {

  private static final Pattern REFERENCE = Pattern.compile("\\$\\{env:([A-Za-z_][A-Za-z0-9_]*)\\}");

  static boolean isReference(String text) {
    return REFERENCE.matcher(text).matches();
  }

  static Secret reference(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Cannot read secret: ${env:NAME} is expected");
    }
    return new Secret(matcher.group(1));
  }

  /**
   * @throws OperatorException when the environment does not have it
   */
  public String resolve() {
    return resolve(System.getenv());
  }

  String resolve(Map<String, String> environment) {
    String value = environment.get(variable);
    if (value == null) {
      throw new OperatorException(
          "Cannot read secret: the environment variable is not set: " + variable,
          "Set it where this command starts: export " + variable + "=…");
    }
    return value;
  }
}
