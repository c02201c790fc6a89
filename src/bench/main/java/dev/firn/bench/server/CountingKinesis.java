package dev.firn.bench.server;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Answers the producer's client as Kinesis does, in CBOR. It accepts and counts all records and
 * keeps none, because storing them would limit the speed.
 */
public final class CountingKinesis implements AutoCloseable {

  private static final String TARGET = "X-Amz-Target";
  private static final String CBOR = "application/x-amz-cbor-1.1";
  private static final int OK = 200;

  private final CBORFactory format = new CBORFactory();
  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final AtomicLong records = new AtomicLong();
  private final HttpServer server;

  private CountingKinesis(HttpServer server) {
    this.server = server;
  }

  public static CountingKinesis start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      CountingKinesis kinesis = new CountingKinesis(server);
      server.setExecutor(kinesis.workers);
      server.createContext("/", kinesis::handle);
      server.start();
      return kinesis;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start the stand-in for Kinesis", e);
    }
  }

  public String endpoint() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The number of records accepted so far. */
  public long records() {
    return records.get();
  }

  @Override
  public void close() {
    server.stop(0);
    workers.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      boolean isPut = exchange.getRequestHeaders().getFirst(TARGET).endsWith(".PutRecords");
      byte[] answer = isPut ? taken(count(exchange.getRequestBody())) : description();
      exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("Content-Type", CBOR);
      exchange.sendResponseHeaders(OK, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  // Objects inside the request's own are its records; the values are skipped unread.
  private int count(InputStream request) throws IOException {
    int objects = 0;
    try (JsonParser parser = format.createParser(request.readAllBytes())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        if (token == JsonToken.START_OBJECT) {
          objects++;
        }
      }
    }
    return objects - 1;
  }

  private byte[] taken(int number) throws IOException {
    long last = records.addAndGet(number);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(number * 96 + 64);
    try (JsonGenerator answer = format.createGenerator(bytes)) {
      answer.writeStartObject();
      answer.writeNumberField("FailedRecordCount", 0);
      answer.writeArrayFieldStart("Records");
      for (long place = last - number + 1; place <= last; place++) {
        answer.writeStartObject();
        answer.writeStringField("SequenceNumber", "2" + "0".repeat(30) + place);
        answer.writeStringField("ShardId", "shardId-000000000000");
        answer.writeEndObject();
      }
      answer.writeEndArray();
      answer.writeEndObject();
    }
    return bytes.toByteArray();
  }

  private byte[] description() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator answer = format.createGenerator(bytes)) {
      answer.writeStartObject();
      answer.writeObjectFieldStart("StreamDescriptionSummary");
      answer.writeStringField("StreamName", "bench");
      answer.writeStringField("StreamStatus", "ACTIVE");
      answer.writeEndObject();
      answer.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
