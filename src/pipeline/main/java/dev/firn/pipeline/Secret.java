package dev.firn.pipeline;

import dev.firn.console.OperatorException;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a secret is stored: {@code ${env:NAME}}, a variable of the environment, or {@code
 * ${secret:NAME}}, a name or ARN in AWS Secrets Manager. The value itself is never in the
 * configuration, never in a field, and resolved only where it is used.
 */
public record Secret(Store store, String name) {

  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$\\{(?:env:(?<variable>[A-Za-z_][A-Za-z0-9_]*)|secret:(?<name>[\\w/+=.@:!-]{1,512}))\\}");

  /** The kind of store. */
  public enum Store {
    ENVIRONMENT,
    SECRETS_MANAGER
  }

  public Secret {
    Objects.requireNonNull(store, "store");
    Objects.requireNonNull(name, "name");
  }

  /**
   * @param variable of the environment
   */
  public Secret(String variable) {
    this(Store.ENVIRONMENT, variable);
  }

  static boolean isReference(String text) {
    return REFERENCE.matcher(text).matches();
  }

  static Secret reference(String text) {
    Matcher matcher = REFERENCE.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "Cannot read secret: ${env:NAME} or ${secret:NAME} is expected");
    }
    String variable = matcher.group("variable");
    return variable == null
        ? new Secret(Store.SECRETS_MANAGER, matcher.group("name"))
        : new Secret(variable);
  }

  /** Where it is, in words. */
  public String whereabouts() {
    return store == Store.ENVIRONMENT ? "the environment variable " + name : "the secret " + name;
  }

  /**
   * Resolves a secret of the environment.
   *
   * @throws OperatorException when the environment does not have it
   */
  public String resolve() {
    return resolve(System.getenv());
  }

  String resolve(Map<String, String> environment) {
    if (store == Store.SECRETS_MANAGER) {
      throw new OperatorException(
          "Cannot read secret: only environment variables are supported here: " + name,
          "Write ${env:NAME} and set that environment variable.");
    }
    String value = environment.get(name);
    if (value == null) {
      throw new OperatorException(
          "Cannot read secret: the environment variable is not set: " + name,
          "Set it where this command starts: export " + name + "=…");
    }
    return value;
  }
}
