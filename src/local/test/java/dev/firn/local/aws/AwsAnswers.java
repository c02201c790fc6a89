package dev.firn.local.aws;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The raw answers of the emulator. The AWS CLI would return the same, but take a second per call.
 */
final class AwsAnswers {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> environment;

  AwsAnswers(AwsLocal aws) {
    this.environment = aws.environment();
  }

  /** JSON for JSON. */
  String glue(String operation, String request) throws IOException, InterruptedException {
    return ask("glue", "AWSGlue." + operation, request);
  }

  String logs(String operation, String request) throws IOException, InterruptedException {
    return ask("logs", "Logs_20140328." + operation, request);
  }

  String athena(String operation, String request) throws IOException, InterruptedException {
    return ask("athena", "AmazonAthena." + operation, request);
  }

  String ecs(String operation, String request) throws IOException, InterruptedException {
    return ask("ecs", "AmazonEC2ContainerServiceV20141113." + operation, request);
  }

  String firehose(String operation, String request) throws IOException, InterruptedException {
    return ask("firehose", "Firehose_20150804." + operation, request);
  }

  String kinesis(String operation, String request) throws IOException, InterruptedException {
    return ask("kinesis", "Kinesis_20131202." + operation, request);
  }

  String keys(String operation, String request) throws IOException, InterruptedException {
    return ask("kms", "TrentService." + operation, request);
  }

  String secrets(String operation, String request) throws IOException, InterruptedException {
    return ask("secretsmanager", "secretsmanager." + operation, request);
  }

  /** XML of CloudFormation, CloudWatch's alarms, EC2, RDS: services with form requests. */
  String form(String service, String operation, Map<String, String> fields)
      throws IOException, InterruptedException {
    StringBuilder form = new StringBuilder("Action=").append(operation);
    fields.forEach(
        (name, value) -> form.append('&').append(name).append('=').append(encoded(value)));
    return send(
        request(service, "/")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form.toString())));
  }

  void createBucket(String name) throws IOException, InterruptedException {
    String region =
        "<CreateBucketConfiguration><LocationConstraint>"
            + environment.get("AWS_REGION")
            + "</LocationConstraint></CreateBucketConfiguration>";
    send(request("s3", "/" + name).PUT(BodyPublishers.ofString(region)));
  }

  /** A list in XML. */
  String list(String bucket) throws IOException, InterruptedException {
    return send(request("s3", "/" + bucket + "?list-type=2"));
  }

  /**
   * A setting of a bucket, in XML.
   *
   * @param setting as in S3's URLs: {@code versioning}
   */
  String bucket(String bucket, String setting) throws IOException, InterruptedException {
    return send(request("s3", "/" + bucket + "?" + setting));
  }

  String object(String bucket, String key) throws IOException, InterruptedException {
    return send(request("s3", "/" + bucket + "/" + key));
  }

  private String ask(String service, String target, String body)
      throws IOException, InterruptedException {
    return send(
        request(service, "/")
            .header("X-Amz-Target", target)
            .header("Content-Type", "application/x-amz-json-1.1")
            .POST(BodyPublishers.ofString(body)));
  }

  private static String encoded(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8);
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
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() != 200) {
      throw new IllegalStateException("the emulator answered: " + response.body());
    }
    return response.body();
  }
}
