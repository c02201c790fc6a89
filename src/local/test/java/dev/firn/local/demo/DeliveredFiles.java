package dev.firn.local.demo;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventReader;
import dev.firn.contract.ChangeEventWriter;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.RowImage;
import dev.firn.contract.raw.RawPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The files of a raw zone, which a test can deliver twice, or forge. */
record DeliveredFiles(Path raw) {

  /** Delivers every file a second time under another name. */
  void deliverAgain() throws IOException {
    for (Path file : files()) {
      Files.copy(file, newFile(file.getParent()));
    }
  }

  /**
   * Delivers a forged update of a sale, with a later position than all real changes.
   *
   * @return the key of the row, which exists at the end
   */
  Object forgeRevenue() throws IOException {
    List<ChangeEvent> sales =
        files().stream()
            .flatMap(DeliveredFiles::events)
            .filter(event -> event.table().value().equals("sales"))
            .sorted(Comparator.comparing(ChangeEvent::position))
            .toList();
    ChangeEvent last = sales.get(sales.size() - 1);
    ChangeEvent written =
        sales.stream()
            .filter(event -> event.operation().writesRow())
            .reduce((earlier, later) -> later)
            .orElseThrow();
    Position position = new Position(last.position().epoch(), last.position().lsn(), 1_000_000);
    deliver(
        new ChangeEvent(
            written.source(),
            Operation.UPDATE,
            position,
            last.committedAt(),
            withRevenue(written.row(), "0.01")));
    return written.row().key().get("id");
  }

  private void deliver(ChangeEvent event) throws IOException {
    Path folder = raw.resolve(RawPath.hourFolder(event.table(), event.committedAt()));
    Files.createDirectories(folder);
    try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(newFile(folder)))) {
      out.write(ChangeEventWriter.line(event));
    }
  }

  private static RowImage withRevenue(RowImage row, String revenue) {
    Map<String, Object> after = new LinkedHashMap<>(row.after());
    after.put("revenue", revenue);
    return RowImage.written(row.key(), after);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(raw)) {
      return files.filter(file -> file.toString().endsWith(RawPath.FILE_SUFFIX)).toList();
    }
  }

  private static Stream<ChangeEvent> events(Path file) {
    try (GZIPInputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .map(line -> ChangeEventReader.read(line.getBytes(StandardCharsets.UTF_8)))
              .toList()
              .stream();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read " + file, e);
    }
  }

  private static Path newFile(Path folder) {
    return folder.resolve(RawPath.fileName("again", Instant.now(), UUID.randomUUID()));
  }
}
