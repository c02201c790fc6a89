package dev.firn.testing.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

/** Requests of the S3 REST API on {@code /bucket/key}. */
final class ObjectEndpoint implements HttpHandler {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int NOT_ALLOWED = 405;
  private static final int NO_BODY = -1;

  private final Map<String, byte[]> objects;
  private final AtomicReference<Fault> faults;

  ObjectEndpoint(Map<String, byte[]> objects, AtomicReference<Fault> faults) {
    this.objects = objects;
    this.faults = faults;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String name = exchange.getRequestURI().getPath().substring(1);
      byte[] body = exchange.getRequestBody().readAllBytes();
      Fault fault = faults.getAndUpdate(Fault::next);
      if (fault.answer().isPresent()) {
        Fault.Answer error = fault.answer().get();
        sendError(exchange, error.status(), error.code());
        return;
      }
      switch (exchange.getRequestMethod()) {
        case "PUT" -> put(exchange, name, body);
        case "HEAD" -> head(exchange, name);
        case "GET" -> get(exchange, name, fault);
        default -> sendError(exchange, NOT_ALLOWED, "MethodNotAllowed");
      }
    }
  }

  private void put(HttpExchange exchange, String name, byte[] body) throws IOException {
    String encoding = exchange.getRequestHeaders().getFirst("Content-Encoding");
    boolean isChunked = encoding != null && encoding.contains("aws-chunked");
    objects.put(name, isChunked ? AwsChunks.decode(body) : body);
    exchange.getResponseHeaders().set("ETag", "\"" + Integer.toHexString(name.hashCode()) + "\"");
    exchange.sendResponseHeaders(OK, NO_BODY);
  }

  private void head(HttpExchange exchange, String name) throws IOException {
    byte[] content = objects.get(name);
    if (content != null) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
    }
    exchange.sendResponseHeaders(content == null ? NOT_FOUND : OK, NO_BODY);
  }

  private void get(HttpExchange exchange, String name, Fault fault) throws IOException {
    String query = exchange.getRequestURI().getQuery();
    if (query != null && query.contains("list-type=2")) {
      send(exchange, OK, ObjectList.of(objects, name.replaceAll("/$", ""), query));
    } else if (objects.containsKey(name)) {
      byte[] content = objects.get(name);
      exchange.sendResponseHeaders(OK, content.length == 0 ? NO_BODY : content.length);
      int length = fault.cutsOff() ? content.length / 2 : content.length;
      exchange.getResponseBody().write(content, 0, length);
    } else {
      sendError(exchange, NOT_FOUND, "NoSuchKey");
    }
  }

  private static void sendError(HttpExchange exchange, int status, String code) throws IOException {
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.sendResponseHeaders(status, NO_BODY);
    } else {
      send(exchange, status, "<Error><Code>" + code + "</Code></Error>");
    }
  }

  private static void send(HttpExchange exchange, int status, String xml) throws IOException {
    byte[] body = xml.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/xml");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
