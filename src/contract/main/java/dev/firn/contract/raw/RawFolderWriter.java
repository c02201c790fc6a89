package dev.firn.contract.raw;

import dev.firn.contract.Clocks;
import dev.firn.contract.EventLine;
import dev.firn.contract.JsonBytes;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.contract.TableVersion;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Writes change events to a raw zone that is a folder, as Firehose writes them to S3: one gzip file
 * per table and hour, renamed to its final name when it is complete. When {@link #flush()} returns,
 * all events appended before it are on disk; events appended later are not durable yet.
 *
 * <p>Not thread-safe.
 */
public final class RawFolderWriter implements Closeable {

  private static final long HOUR_SECONDS = 3600;

  private final Path root;
  private final String stream;
  private final BufferLimits limits;
  private final Clocks clocks;
  private final Map<TableHour, OpenRawFile> open = new HashMap<>();
  private TableVersion lastSource;
  private long lastWrittenAt;
  private OpenRawFile lastFile;
  private long bufferedBytes;
  private long begun;

  /**
   * @param root of the raw zone
   * @param stream prefix of every file name; unfinished files of an earlier writer with the same
   *     prefix are removed, so only one may run at a time
   */
  public RawFolderWriter(Path root, String stream, BufferLimits limits, Clocks clocks)
      throws IOException {
    this.root = root;
    this.stream = stream;
    this.limits = limits;
    this.clocks = clocks;
    Files.createDirectories(incoming());
    removeUnfinished();
  }

  private RawFolderWriter(RawFolderWriter other) {
    this.root = other.root;
    this.stream = other.stream;
    this.limits = other.limits;
    this.clocks = other.clocks;
  }

  /** A second writer, for another thread, which keeps the unfinished files of the others. */
  public RawFolderWriter sibling() {
    return new RawFolderWriter(this);
  }

  /** Writes the document unless it exists; durable when this returns. */
  public void putSchema(SchemaDocument document) throws IOException {
    Path target = root.resolve(RawPath.schemaDocument(document.version()));
    if (Files.exists(target)) {
      return;
    }
    Path temporary = incoming().resolve(stream + "-" + UUID.randomUUID() + ".json");
    Files.write(temporary, document.toJson().getBytes(StandardCharsets.UTF_8));
    Durably.move(temporary, target);
  }

  /**
   * Appends the event to the file of its table and hour; call {@link #flush()} when {@link
   * #isFlushDue()}.
   */
  public void append(EventLine event) throws IOException {
    if (!event.source().equals(lastSource) || event.writtenAt() != lastWrittenAt) {
      lastFile = file(event);
      lastSource = event.source();
      lastWrittenAt = event.writtenAt();
    }
    JsonBytes line = event.values();
    lastFile.append(line.array(), line.size());
    bufferedBytes += line.size();
  }

  private OpenRawFile file(EventLine event) throws IOException {
    TableToken table = event.source().table();
    TableHour hour = new TableHour(table, Math.floorDiv(event.writtenAt(), HOUR_SECONDS));
    OpenRawFile file = open.get(hour);
    if (file == null) {
      file = begin(RawPath.hourFolder(table, Instant.ofEpochSecond(event.writtenAt())));
      open.put(hour, file);
    }
    return file;
  }

  private void forgetFiles() {
    open.clear();
    lastSource = null;
    lastFile = null;
  }

  /** A limit is reached: the open files should be flushed now. */
  public boolean isFlushDue() {
    return !open.isEmpty()
        && (open.size() >= limits.maxFiles()
            || bufferedBytes >= limits.maxBytes()
            || clocks.hasPassed(limits.maxAge(), begun));
  }

  /** Something was appended since the last flush. */
  public boolean hasBuffered() {
    return !open.isEmpty();
  }

  /** Completes every open file under its name; answers how many there were. */
  public int flush() throws IOException {
    int files = open.size();
    for (OpenRawFile file : open.values()) {
      file.complete();
    }
    forgetFiles();
    bufferedBytes = 0;
    return files;
  }

  /** Discards what was not flushed: it was never reported as durable. */
  @Override
  public void close() throws IOException {
    for (OpenRawFile file : open.values()) {
      file.abandon();
    }
    forgetFiles();
  }

  private OpenRawFile begin(String folder) throws IOException {
    String name = RawPath.fileName(stream, clocks.wall().instant(), UUID.randomUUID());
    if (open.isEmpty()) {
      begun = clocks.tick();
    }
    return new OpenRawFile(incoming().resolve(name), root.resolve(folder).resolve(name));
  }

  /** Names a file that is open: hours since 1970. */
  private record TableHour(TableToken table, long hour) {}

  private Path incoming() {
    return root.resolve(RawPath.INCOMING);
  }

  private void removeUnfinished() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(incoming(), stream + "-*")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
