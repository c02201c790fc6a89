package dev.firn.testing.kinesis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.firn.testing.kinesis.KinesisFaults.OfRequest;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** HTTP: which action is asked for, in which format, and what goes wrong with the answer. */
final class KinesisEndpoint implements HttpHandler {

  private static final int OK = 200;

  private final KinesisFaults faults;
  private final Map<String, KinesisAction> actions;
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

  KinesisEndpoint(KinesisFaults faults, Map<String, KinesisAction> actions) {
    this.faults = faults;
    this.actions = actions;
  }

  int requests(String action) {
    return counter(action).get();
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    // Closing an exchange that has no answer cuts its connection.
    try (exchange) {
      WireFormat format = WireFormat.of(exchange.getRequestHeaders().getFirst("Content-Type"));
      String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
      String action = target.substring(target.indexOf('.') + 1);
      counter(action).incrementAndGet();
      JsonNode request = format.read(exchange.getRequestBody());
      OfRequest fault = faults.next(action);
      delay(action);
      try {
        fail(fault);
        ObjectNode answer = action(action).answer(request, format);
        if (fault != OfRequest.LOST_RESPONSE) {
          send(exchange, OK, format, answer);
        }
      } catch (KinesisFault e) {
        send(exchange, e.status(), format, describe(e, format));
      }
    }
  }

  private KinesisAction action(String name) {
    KinesisAction action = actions.get(name);
    if (action == null) {
      throw KinesisFault.of("UnknownOperationException", name);
    }
    return action;
  }

  private void delay(String action) throws IOException {
    try {
      Thread.sleep(faults.delay(action).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("The server ends", e);
    }
  }

  private static void fail(OfRequest fault) {
    switch (fault) {
      case INTERNAL_ERROR -> throw KinesisFault.ofServer(500);
      case UNAVAILABLE -> throw KinesisFault.ofServer(503);
      case THROTTLED -> throw KinesisFault.throttled("shardId-000000000000");
      case NONE, LOST_RESPONSE -> {}
    }
  }

  private static ObjectNode describe(KinesisFault fault, WireFormat format) {
    ObjectNode body = format.object();
    body.put("__type", fault.type());
    body.put("message", fault.getMessage());
    return body;
  }

  private static void send(HttpExchange exchange, int status, WireFormat format, ObjectNode answer)
      throws IOException {
    byte[] body = format.write(answer);
    exchange.getResponseHeaders().set("Content-Type", format.contentType());
    exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private AtomicInteger counter(String action) {
    return requests.computeIfAbsent(action, key -> new AtomicInteger());
  }
}
