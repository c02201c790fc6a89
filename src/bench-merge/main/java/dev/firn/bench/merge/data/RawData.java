package dev.firn.bench.merge.data;

import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Folder;
import dev.firn.bench.merge.Settings;
import dev.firn.contract.JsonBytes;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Writes rows and changes as the producer does: gzip files at the fastest level, and schema
 * documents. Complete existing data is kept.
 */
public final class RawData {

  private static final int EVENTS_PER_FILE = 60_000;
  private static final int BUFFER = 1 << 16;
  private static final String COMPLETE = "_complete";

  private final Settings settings;

  public RawData(Settings settings) {
    this.settings = settings;
  }

  /** Writes what the course needs: the rows of its tables, and the changes. */
  public void lay(Course course) {
    complete(
        settings.rows(course),
        root ->
            course
                .tokens()
                .forEach(table -> write(root, table, course.rows(), id -> Change.read(id + 1))));
    if (!course.isLoad()) {
      complete(settings.events(course), root -> writeChanges(root, course));
    }
  }

  private static void writeChanges(Path root, Course course) {
    for (int table = 0; table < course.tables(); table++) {
      Changes changes = Changes.of(course.rows(), course.events(), table);
      write(
          root,
          course.tokens().get(table),
          changes.events(),
          place -> changes.arriving((int) place));
    }
  }

  private static void complete(Path root, Consumer<Path> writing) {
    if (Files.exists(root.resolve(COMPLETE))) {
      return;
    }
    System.err.println("bench: writing " + root.getFileName());
    Folder.remove(root);
    writing.accept(root);
    put(root.resolve(COMPLETE), new byte[0]);
  }

  private static void write(
      Path root, TableToken table, long events, LongFunction<Change> changes) {
    put(
        root.resolve(RawPath.schemaDocument(OrderLines.schema(table).version())),
        OrderLines.schema(table).toJson().getBytes(StandardCharsets.UTF_8));
    int files = (int) ((events + EVENTS_PER_FILE - 1) / EVENTS_PER_FILE);
    IntStream.range(0, files)
        .parallel()
        .forEach(
            file -> {
              long from = (long) file * EVENTS_PER_FILE;
              long to = Math.min(events, from + EVENTS_PER_FILE);
              writeFile(path(root, table, changes.apply(from), file), table, from, to, changes);
            });
  }

  private static Path path(Path root, TableToken table, Change first, int file) {
    UUID id = new UUID(table.value().hashCode(), file);
    return root.resolve(RawPath.hourFolder(table, first.committedAt()))
        .resolve(RawPath.fileName("bench", first.committedAt(), id));
  }

  private static void writeFile(
      Path path, TableToken table, long from, long to, LongFunction<Change> changes) {
    OrderLines lines = new OrderLines(table);
    try {
      Files.createDirectories(path.getParent());
      try (OutputStream out =
          new BufferedOutputStream(new FastGzip(Files.newOutputStream(path)), BUFFER)) {
        for (long place = from; place < to; place++) {
          JsonBytes line = lines.line(changes.apply(place));
          out.write(line.array(), 0, line.size());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write raw file: " + path, e);
    }
  }

  private static void put(Path path, byte[] content) {
    try {
      Files.createDirectories(path.getParent());
      Files.write(path, content);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write file: " + path, e);
    }
  }

  private static final class FastGzip extends GZIPOutputStream {

    FastGzip(OutputStream out) throws IOException {
      super(out, BUFFER);
      def.setLevel(Deflater.BEST_SPEED);
    }
  }
}
