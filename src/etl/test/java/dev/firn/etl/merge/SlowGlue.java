package dev.firn.etl.merge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** A Glue that once makes an update and responds with a time-out. */
final class SlowGlue implements AutoCloseable {

  private static final List<String> PASSED_ON =
      List.of("X-Amz-Target", "Content-Type", "Authorization", "X-Amz-Date");

  private final URI glue;
  private final HttpServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private final AtomicBoolean isDue = new AtomicBoolean();

  private SlowGlue(URI glue) throws IOException {
    this.glue = glue;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::serve);
    server.start();
  }

  static SlowGlue before(String endpoint) {
    try {
      return new SlowGlue(URI.create(endpoint));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void nextUpdateTimesOut() {
    isDue.set(true);
  }

  boolean hasTimedOut() {
    return !isDue.get();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange call) throws IOException {
    try (call) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(glue)
              .POST(BodyPublishers.ofByteArray(call.getRequestBody().readAllBytes()));
      for (String header : PASSED_ON) {
        String value = call.getRequestHeaders().getFirst(header);
        if (value != null) {
          request.header(header, value);
        }
      }
      HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
      boolean isUpdate =
          "AWSGlue.UpdateTable".equals(call.getRequestHeaders().getFirst("X-Amz-Target"));
      if (isUpdate && answer.statusCode() == 200 && isDue.getAndSet(false)) {
        String timeout = "{\"__type\": \"OperationTimeoutException\", \"Message\": \"timed out\"}";
        answer(call, 400, timeout.getBytes(StandardCharsets.UTF_8));
      } else {
        answer(call, answer.statusCode(), answer.body());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void answer(HttpExchange call, int status, byte[] body) throws IOException {
    call.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
    call.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    call.getResponseBody().write(body);
  }
}
