package dev.firn.bench.debezium;

import io.debezium.engine.ChangeEvent;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.format.JsonByteArray;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/**
 * Runs the engine until it has emitted a number of events, prints the time and CPU used, and exits
 * without waiting for the engine to shut down.
 */
public final class DebeziumMain {

  private DebeziumMain() {}

  /**
   * @param arguments file of the engine's properties; number of events; the file that they are
   *     written to, or nothing
   */
  public static void main(String[] arguments) throws Exception {
    long events = Long.parseLong(arguments[1]);
    try (EventLines lines =
        arguments.length > 2 ? EventLines.gzip(Path.of(arguments[2])) : EventLines.none()) {
      CompletableFuture<Tally> end = new CompletableFuture<>();
      DebeziumEngine<ChangeEvent<byte[], byte[]>> engine =
          DebeziumEngine.create(JsonByteArray.class)
              .using(properties(Path.of(arguments[0])))
              .using((success, message, error) -> fail(end, message, error))
              .notifying(new EventCounter(events, lines, end))
              .build();
      Executors.newSingleThreadExecutor().execute(engine);
      System.out.println(end.get().line());
    }
    Runtime.getRuntime().halt(0);
  }

  private static void fail(CompletableFuture<Tally> end, String message, Throwable error) {
    end.completeExceptionally(new IllegalStateException("The engine stopped: " + message, error));
  }

  private static Properties properties(Path file) throws IOException {
    Properties properties = new Properties();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      properties.load(in);
    }
    return properties;
  }
}
