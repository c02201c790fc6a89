package dev.firn.bench.merge.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.bench.merge.Checksum;
import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Settings;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventReader;
import dev.firn.contract.Operation;
import dev.firn.contract.TableToken;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedDataTest {

  private static final Course COURSE = new Course("A", "test", 500, 1000, 1);

  @TempDir Path home;

  @Test
  void theFilesHoldEventsThatFirnReads() throws IOException {
    Settings settings = laid();

    List<ChangeEvent> events = events(settings.events(COURSE));

    assertEquals(COURSE.events(), events.size());
    assertTrue(events.stream().distinct().count() < events.size(), "some arrive twice");
    assertTrue(
        events.get(0).position().isAfter(events.get(1).position())
            || events.get(1).position().isAfter(events.get(2).position())
            || events.get(2).position().isAfter(events.get(3).position()),
        "neighbours are out of order");
  }

  @Test
  void theReferenceIsWhatTheEventsAddUpTo() throws IOException {
    Settings settings = laid();
    Map<Object, ChangeEvent> newest = new HashMap<>();
    Stream.concat(events(settings.rows(COURSE)).stream(), events(settings.events(COURSE)).stream())
        .forEach(
            event ->
                newest.merge(
                    event.row().key().get("id"),
                    event,
                    (left, right) -> left.position().isAfter(right.position()) ? left : right));
    List<ChangeEvent> rows =
        newest.values().stream().filter(event -> event.operation() != Operation.DELETE).toList();

    Checksum reference = new Reference(settings).of(COURSE);

    assertEquals(rows.size(), reference.rows());
    assertEquals(
        rows.stream().mapToLong(row -> (Long) row.row().key().get("id")).sum(), reference.ids());
  }

  @Test
  void whatIsThereIsNotWrittenAgain() throws IOException {
    Settings settings = laid();
    Path first = files(settings.events(COURSE)).get(0);
    Files.writeString(first, "kept");

    new RawData(settings).lay(COURSE);

    assertEquals("kept", Files.readString(first));
  }

  private Settings laid() throws IOException {
    Settings settings = Settings.of(Map.of(), home);
    Files.createDirectories(settings.raw());
    new RawData(settings).lay(COURSE);
    return settings;
  }

  private static List<ChangeEvent> events(Path root) throws IOException {
    List<ChangeEvent> events = new ArrayList<>();
    for (Path file : files(root)) {
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(
                  new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
        for (String line : lines.lines().toList()) {
          events.add(ChangeEventReader.read(line.getBytes(StandardCharsets.UTF_8)));
        }
      }
    }
    return events;
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve(new TableToken("orders").value()))) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
