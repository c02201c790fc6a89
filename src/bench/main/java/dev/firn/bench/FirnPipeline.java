package dev.firn.bench;

import dev.firn.bench.server.BenchDatabase;
import dev.firn.bench.server.CountingKinesis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A pipeline.yaml for the producer, and the environment of its process. */
final class FirnPipeline {

  /** Any value is accepted; no request leaves this machine. */
  static final Map<String, String> ENVIRONMENT =
      Map.of(
          "FIRN_PG_PASSWORD", "any",
          "AWS_ACCESS_KEY_ID", "bench",
          "AWS_SECRET_ACCESS_KEY", "bench",
          "AWS_EC2_METADATA_DISABLED", "true");

  private FirnPipeline() {}

  /** Writes the file into the folder, and returns its path. */
  static Path write(
      Path folder,
      BenchDatabase database,
      CountingKinesis kinesis,
      FirnSink sink,
      Discipline discipline) {
    String text =
        """
        source:
          url: "%s"
          user: %s
          slot: %s
          publication: %s
          tables: [public.%s]
        stream: %s
        raw: raw
        lake: { catalog: "jdbc:sqlite:catalog.db", database: lake, warehouse: warehouse }
        """
            .formatted(
                database.url(),
                BenchDatabase.USER,
                discipline.firnSlot(),
                discipline.table(),
                discipline.table(),
                sink.stream(kinesis.endpoint()));
    try {
      Files.createDirectories(folder);
      return Files.writeString(folder.resolve("pipeline.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write pipeline.yaml: " + folder, e);
    }
  }
}
