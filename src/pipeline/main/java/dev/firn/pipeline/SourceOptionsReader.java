package dev.firn.pipeline;

import dev.firn.pipeline.SourceOptions.Authentication;
import dev.firn.pipeline.SourceOptions.Failover;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Reads the connection and operation options of the section {@code source}. */
final class SourceOptionsReader {

  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

  private SourceOptionsReader() {}

  static SourceOptions read(Section section, UnaryOperator<String> location) {
    SourceOptions defaults = SourceOptions.DEFAULT;
    return new SourceOptions(
        choice(
            section,
            "auth",
            Map.of("password", Authentication.PASSWORD, "iam", Authentication.IAM),
            defaults.authentication()),
        section.text("ssl_root_certificate").map(location).orElse(defaults.rootCertificate()),
        timeout(section, defaults.timeout()),
        section.duration("heartbeat", defaults.heartbeat()),
        choice(
            section,
            "failover",
            Map.of("auto", Failover.AUTO, "true", Failover.ON, "false", Failover.OFF),
            defaults.failover()));
  }

  private static <T> T choice(Section section, String key, Map<String, T> choices, T otherwise) {
    String text = section.text(key).orElse("");
    if (!text.isEmpty() && !choices.containsKey(text)) {
      section
          .problems()
          .add(
              section.path(key),
              "is not allowed",
              text,
              "Write one of: "
                  + String.join(", ", choices.keySet().stream().sorted().toList())
                  + ".");
    }
    return choices.getOrDefault(text, otherwise);
  }

  private static Duration timeout(Section section, Duration otherwise) {
    Duration timeout = section.duration("timeout", otherwise);
    if (timeout.compareTo(SHORTEST_TIMEOUT) >= 0) {
      return timeout;
    }
    section
        .problems()
        .add(section.path("timeout"), "is too short", timeout.toString(), "Write 1s or more.");
    return otherwise;
  }
}
