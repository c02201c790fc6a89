package dev.firn.engine.testing;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventWriter;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.GZIPOutputStream;

/**
 * Writes the files of a producer into a raw zone in a folder: schema documents, and files of events
 * in any order.
 */
public record RawFiles(Path root) {

  public void schema(SchemaDocument document) {
    write(
        RawPath.schemaDocument(document.version()),
        document.toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** Records that a copy of a table is complete. */
  public void record(SnapshotRecord record) {
    write(RawPath.snapshotRecord(record), record.toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** Writes one file into the hour folder of its first event; returns its path below the root. */
  public String file(ChangeEvent... events) {
    return file(Arrays.asList(events));
  }

  public String file(List<ChangeEvent> events) {
    return file(events, events.get(0).committedAt());
  }

  /** Writes a file with any content into the hour folder of an event. */
  public String file(ChangeEvent placedAs, byte[] content) {
    return file(placedAs.table(), placedAs.committedAt(), content);
  }

  /**
   * Writes a file of one event into the hour folder of any time: the folder does not order events.
   */
  public String file(ChangeEvent event, Instant hour) {
    return file(List.of(event), hour);
  }

  /** The same for several events. */
  public String file(List<ChangeEvent> events, Instant hour) {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    events.forEach(event -> lines.writeBytes(ChangeEventWriter.line(event)));
    return file(events.get(0).table(), hour, gzip(lines.toByteArray()));
  }

  private String file(TableToken table, Instant hour, byte[] content) {
    String path =
        RawPath.hourFolder(table, hour) + "/" + RawPath.fileName("test", hour, UUID.randomUUID());
    write(path, content);
    return path;
  }

  public static byte[] gzip(byte[] content) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void write(String path, byte[] content) {
    try {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write raw file " + path, e);
    }
  }
}
