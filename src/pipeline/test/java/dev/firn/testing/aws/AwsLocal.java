package dev.firn.testing.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A running emulator of AWS. What it gets right and wrong is in docs/adr/0014-aws-emulator.md. */
public final class AwsLocal implements AutoCloseable {

  private static final Path SCRIPT = Path.of("..", "local", "aws", "aws-local.sh");
  private static final Pattern EXPORT = Pattern.compile("(?m)^export (AWS_\\w+)=(.*)$");

  /** The SDK's system properties, by the environment variables that mean the same. */
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "AWS_ENDPOINT_URL", "aws.endpointUrl",
          "AWS_REGION", "aws.region",
          "AWS_ACCESS_KEY_ID", "aws.accessKeyId",
          "AWS_SECRET_ACCESS_KEY", "aws.secretAccessKey");

  private final Path folder;
  private final Map<String, String> environment;

  private AwsLocal(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Starts one of its own, on a free port; the first start ever makes its Python environment. */
  static AwsLocal start() {
    try {
      Path folder = Files.createTempDirectory("firn-aws-local");
      return new AwsLocal(folder, exports(run(folder, "start")));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start emulator of AWS", e);
    }
  }

  public URI endpoint() {
    return URI.create(environment.get("AWS_ENDPOINT_URL"));
  }

  public String region() {
    return environment.get("AWS_REGION");
  }

  /** What a process needs in its environment to find it. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Makes it the AWS of every client of this JVM that is opened from now on. */
  public void becomeDefault() {
    PROPERTIES.forEach((name, property) -> System.setProperty(property, environment.get(name)));
  }

  public void resignAsDefault() {
    PROPERTIES.values().forEach(System::clearProperty);
  }

  @Override
  public void close() {
    run(folder, "stop");
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
