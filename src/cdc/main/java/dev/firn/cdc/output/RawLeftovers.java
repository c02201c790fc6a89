package dev.firn.cdc.output;

import dev.firn.cdc.event.TableShape;
import dev.firn.contract.EventLine;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableVersion;
import dev.firn.contract.raw.RawPath;
import dev.firn.contract.raw.RawStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Writes directly to the raw zone what does not fit into the stream: schema documents, and events
 * too long for a record. Everything is durable when a method returns.
 */
final class RawLeftovers {

  private final RawStore raw;
  private final String slot;
  private final Set<TableVersion> documented = new HashSet<>();

  RawLeftovers(RawStore raw, String slot) {
    this.raw = raw;
    this.slot = slot;
  }

  void document(TableShape shape) throws IOException {
    if (documented.contains(shape.version())) {
      return;
    }
    SchemaDocument document = shape.document();
    String path = RawPath.schemaDocument(document.version());
    if (!raw.exists(path)) {
      raw.put(path, document.toJson().getBytes(StandardCharsets.UTF_8));
    }
    documented.add(shape.version());
  }

  void put(EventLine event) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(file)) {
      gzip.write(event.values().array(), 0, event.values().size());
    }
    Instant writtenAt = Instant.ofEpochSecond(event.writtenAt());
    String folder = RawPath.hourFolder(event.source().table(), writtenAt);
    String name = RawPath.fileName(slot, writtenAt, UUID.randomUUID());
    raw.put(folder + "/" + name, file.toByteArray());
  }
}
