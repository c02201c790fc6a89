package dev.firn.local.aws;

import dev.firn.local.stage.StageProcess;
import dev.firn.local.stage.StageProcess.Output;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * An emulator of AWS of the test's own, as {@code bin/firn aws-local} starts it: on a free port,
 * with a folder of its own, and known only to the processes that are given its environment. What it
 * gets right and wrong is in docs/adr/0014-aws-emulator.md.
 */
final class AwsLocal implements AutoCloseable {

  private static final Path FIRN = Path.of("..", "..", "bin", "firn").toAbsolutePath().normalize();
  private static final Pattern EXPORT = Pattern.compile("export (\\w+)=\"?([^\"]*)\"?");
  private static final String NO_PYTHON = "Python 3.10 or newer";

  private final Path folder;
  private final Map<String, String> environment;
  private final HttpClient client = HttpClient.newHttpClient();

  private AwsLocal(Path folder, Map<String, String> environment) {
    this.folder = folder;
    this.environment = environment;
  }

  /** Starts it; leaves the test out where there is no Python for it. */
  static AwsLocal start(Path folder) throws InterruptedException {
    return new AwsLocal(folder, exports(run(folder, "start")));
  }

  /** What a process needs to find it, and the AWS CLI first on its path. */
  Map<String, String> environment() {
    return environment;
  }

  /** The CLI itself. */
  Path cli() {
    String path = environment.get("PATH");
    return Path.of(path.substring(0, path.indexOf(':')), "aws");
  }

  /** What Glue answers, as JSON. The CLI would say the same and take a second. */
  String glue(String operation, String request) throws IOException, InterruptedException {
    return ask("glue", "AWSGlue." + operation, request);
  }

  String logs(String operation, String request) throws IOException, InterruptedException {
    return ask("logs", "Logs_20140328." + operation, request);
  }

  void createBucket(String name) throws IOException, InterruptedException {
    String region =
        "<CreateBucketConfiguration><LocationConstraint>"
            + environment.get("AWS_REGION")
            + "</LocationConstraint></CreateBucketConfiguration>";
    send(request("s3", "/" + name).PUT(BodyPublishers.ofString(region)));
  }

  /** What S3 answers, as XML. */
  String list(String bucket) throws IOException, InterruptedException {
    return send(request("s3", "/" + bucket + "?list-type=2"));
  }

  String object(String bucket, String key) throws IOException, InterruptedException {
    return send(request("s3", "/" + bucket + "/" + key));
  }

  @Override
  public void close() {
    try {
      run(folder, "stop");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String ask(String service, String target, String body)
      throws IOException, InterruptedException {
    return send(
        request(service, "/")
            .header("X-Amz-Target", target)
            .header("Content-Type", "application/x-amz-json-1.1")
            .POST(BodyPublishers.ofString(body)));
  }

  // The key "test" is believed without a signature.
  private HttpRequest.Builder request(String service, String path) {
    String scope =
        "test/20260101/%s/%s/aws4_request".formatted(environment.get("AWS_REGION"), service);
    return HttpRequest.newBuilder(URI.create(environment.get("AWS_ENDPOINT_URL") + path))
        .header(
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=" + scope + ", SignedHeaders=host, Signature=0");
  }

  private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
    var response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("the emulator answered: " + response.body());
    }
    return response.body();
  }

  private static List<String> run(Path folder, String action) throws InterruptedException {
    Map<String, String> ownFolder =
        Map.of("FIRN_AWS_LOCAL_FOLDER", folder.toString(), "FIRN_AWS_LOCAL_PORT", "0");
    List<String> out = new ArrayList<>();
    List<String> err = new ArrayList<>();
    List<String> command = List.of(FIRN.toString(), "aws-local", action);
    StageProcess process =
        StageProcess.start("aws-local", command, ownFolder, new Output(out::add, err::add));
    if (process.await() != 0) {
      String why = String.join("\n", err);
      Assumptions.assumeFalse(why.contains(NO_PYTHON), "Left out: " + why);
      throw new IllegalStateException(why);
    }
    return out;
  }

  private static Map<String, String> exports(List<String> lines) {
    Map<String, String> exports = new HashMap<>();
    for (String line : lines) {
      Matcher matcher = EXPORT.matcher(line);
      if (matcher.matches()) {
        exports.put(matcher.group(1), matcher.group(2).replace("$PATH", System.getenv("PATH")));
      }
    }
    return Map.copyOf(exports);
  }
}
