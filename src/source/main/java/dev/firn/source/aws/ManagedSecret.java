package dev.firn.source.aws;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.firn.console.OperatorException;
import dev.firn.source.Login;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A secret of Secrets Manager: the JSON that RDS and its rotation use, with {@code username} and
 * {@code password}, or a plain text.
 */
public final class ManagedSecret {

  private static final JsonFactory JSON = new JsonFactory();

  private final String name;
  private final String value;

  ManagedSecret(String name, String value) {
    this.name = name;
    this.value = value;
  }

  /** The JSON's user takes precedence: rotation with two users alternates between them. */
  public Login login(String user) {
    Map<String, String> fields = fields();
    return new Login(fields.getOrDefault("username", user), text(fields));
  }

  /** The password in the JSON, or the plain text. */
  public String text() {
    return text(fields());
  }

  private String text(Map<String, String> fields) {
    if (fields.isEmpty()) {
      return value;
    }
    return Optional.ofNullable(fields.get("password"))
        .orElseThrow(
            () ->
                new OperatorException(
                    "Cannot read secret: its JSON has no password: " + name,
                    "Store JSON with the keys username and password, or the bare password as text."));
  }

  private Map<String, String> fields() {
    if (!value.stripLeading().startsWith("{")) {
      return Map.of();
    }
    Map<String, String> fields = new HashMap<>();
    try (JsonParser parser = JSON.createParser(value)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        if (parser.currentToken().isScalarValue()) {
          fields.put(field, parser.getText());
        }
        parser.skipChildren();
      }
      return fields;
    } catch (IOException e) {
      // The exception's message would show a part of the secret.
      return Map.of();
    }
  }
}
