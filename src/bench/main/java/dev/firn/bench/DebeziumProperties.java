package dev.firn.bench;

import dev.firn.bench.server.BenchDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The configuration of the engine: tuned for speed wherever its documentation has an option. */
public final class DebeziumProperties {

  private DebeziumProperties() {}

  /** The options that make it fast, or make its events as large as Firn's. */
  public static Map<String, String> tuning() {
    Map<String, String> tuning = new TreeMap<>();
    tuning.put("max.batch.size", "8192");
    tuning.put("max.queue.size", "32768");
    tuning.put("poll.interval.ms", "5");
    tuning.put("record.processing.threads", "AVAILABLE_CORES");
    tuning.put("record.processing.order", "ORDERED");
    tuning.put("snapshot.max.threads", "2");
    tuning.put("snapshot.fetch.size", "10240");
    tuning.put("converter.schemas.enable", "false");
    tuning.put("decimal.handling.mode", "string");
    tuning.put("provide.transaction.metadata", "false");
    tuning.put("tombstones.on.delete", "false");
    tuning.put("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
    tuning.put("offset.flush.interval.ms", "10000");
    return tuning;
  }

  static void write(Path file, BenchDatabase database, Discipline discipline, String slot) {
    Properties properties = new Properties();
    properties.putAll(tuning());
    properties.put("name", "bench");
    properties.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
    properties.put("topic.prefix", "bench");
    properties.put("database.hostname", "localhost");
    properties.put("database.port", Integer.toString(database.port()));
    properties.put("database.user", BenchDatabase.USER);
    properties.put("database.password", "any");
    properties.put("database.dbname", BenchDatabase.NAME);
    properties.put("plugin.name", "pgoutput");
    properties.put("slot.name", slot);
    properties.put("publication.name", discipline.table());
    properties.put("publication.autocreate.mode", "disabled");
    properties.put("table.include.list", "public." + discipline.table());
    properties.put("snapshot.mode", discipline == Discipline.SNAPSHOT ? "initial" : "no_data");
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, "of the bench");
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write properties: " + file, e);
    }
  }
}
