package dev.firn.engine.testing;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives a test an {@link Emulator} of AWS, started once a JVM. Only the settings of a catalog refer
 * to it; no setting of this JVM is changed, so other tests are not affected. If the emulator cannot
 * be installed, the test is skipped with the reason.
 */
public final class AwsExtension implements ParameterResolver {

  private static final Path SCRIPT = Path.of("..", "local", "aws", "aws-local.sh");
  private static final Pattern EXPORT = Pattern.compile("(?m)^export (AWS_\\w+)=(.*)$");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Emulator.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(Namespace.create(AwsExtension.class))
        .computeIfAbsent(Emulator.class, key -> start(), Emulator.class);
  }

  /** A running emulator. docs/aws-emulator.md describes where it differs from AWS. */
  public record Emulator(Path folder, Map<String, String> environment) implements AutoCloseable {

    /**
     * The properties with which an Iceberg catalog of type {@code glue} and its S3 use this AWS.
     */
    public Map<String, String> catalog(String warehouse) {
      Map<String, String> properties = new HashMap<>();
      properties.put("type", "glue");
      properties.put("io-impl", "org.apache.iceberg.aws.s3.S3FileIO");
      properties.put("warehouse", warehouse);
      properties.put("client.region", environment.get("AWS_REGION"));
      properties.put("glue.endpoint", environment.get("AWS_ENDPOINT_URL"));
      properties.put("s3.endpoint", environment.get("AWS_ENDPOINT_URL"));
      properties.put("s3.path-style-access", "true");
      return properties;
    }

    @Override
    public void close() {
      run(folder, "stop");
    }
  }

  private static Emulator start() {
    try {
      Path folder = Files.createTempDirectory("firn-aws-local");
      install(folder);
      return new Emulator(folder, exports(run(folder, "start")));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start emulator of AWS", e);
    }
  }

  private static void install(Path folder) {
    try {
      run(folder, "install");
    } catch (IllegalStateException e) {
      abort(e.getMessage());
    }
  }

  private static Map<String, String> exports(String text) {
    return EXPORT
        .matcher(text)
        .results()
        .collect(Collectors.toMap(line -> line.group(1), (MatchResult line) -> line.group(2)));
  }

  private static String run(Path folder, String action) {
    Path errors = folder.resolve("errors");
    ProcessBuilder builder = new ProcessBuilder("bash", SCRIPT.toString(), action);
    builder.redirectError(errors.toFile());
    builder.environment().put("FIRN_AWS_LOCAL_FOLDER", folder.toString());
    builder.environment().put("FIRN_AWS_LOCAL_PORT", "0");
    try {
      Process process = builder.start();
      byte[] output = process.getInputStream().readAllBytes();
      if (process.waitFor() != 0) {
        throw new IllegalStateException(Files.readString(errors).strip());
      }
      return new String(output, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot " + action + " emulator of AWS", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Cannot " + action + " emulator of AWS: interrupted", e);
    }
  }
}
