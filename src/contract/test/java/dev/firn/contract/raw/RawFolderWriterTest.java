package dev.firn.contract.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.ChangeEvent;
import dev.firn.contract.ChangeEventReader;
import dev.firn.contract.ChangeEventWriter;
import dev.firn.contract.Clocks;
import dev.firn.contract.EventLine;
import dev.firn.contract.Operation;
import dev.firn.contract.Position;
import dev.firn.contract.RowImage;
import dev.firn.contract.TableToken;
import dev.firn.contract.TableVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class RawFolderWriterTest {

  private static final Instant HOUR = Instant.parse("2026-08-05T03:20:00Z");
  private static final BufferLimits LIMITS = new BufferLimits(Duration.ofSeconds(5), 1000, 3);

  @TempDir private Path root;
  private final HandClock clock = new HandClock();

  /** They may be about to overflow: what counts is how far they are apart. */
  private long ticks = Long.MAX_VALUE;

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsReportedWithTheFile() {
    Path full = Path.of("/dev/full");

    IOException failure =
        assertThrows(IOException.class, () -> new OpenRawFile(full, root.resolve("sales")));

    assertEquals("Cannot write raw file: /dev/full", failure.getMessage());
    assertEquals("No space left on device", failure.getCause().getMessage());
  }

  @Test
  void nothingIsSeenBeforeTheFlushAndAllOfItAfter() throws IOException {
    try (RawFolderWriter writer = writer()) {
      ChangeEvent event = event("sales", HOUR, 1);
      writer.append(line(event));
      assertEquals(List.of(), files());

      writer.flush();

      assertEquals(1, files().size());
      String path = root.relativize(files().get(0)).toString();
      assertTrue(
          path.matches(
              "sales/year=2026/month=08/day=05/hour=03/firn-1-2026-08-05-04-00-00-[0-9a-f-]{36}\\.json\\.gz"),
          path);
      assertEquals(event, ChangeEventReader.read(content(files().get(0))));
    }
  }

  @Test
  void whatWasNotFlushedIsNowhereAfterACrash() throws IOException {
    RawFolderWriter crashed = writer();
    crashed.append(line(event("sales", HOUR, 1)));

    writer().close();

    assertEquals(List.of(), files());
    assertEquals(List.of(), list(root.resolve(RawPath.INCOMING)));
  }

  @Test
  void eachTableAndHourHasAFileOfItsOwn() throws IOException {
    try (RawFolderWriter writer = writer()) {
      writer.append(line(event("sales", HOUR, 1)));
      writer.append(line(event("sales", HOUR.plusSeconds(3600), 2)));
      writer.append(line(event("store", HOUR, 3)));
      assertTrue(writer.isFlushDue(), "three files are open");
      writer.flush();
      assertFalse(writer.hasBuffered());
    }
    assertEquals(3, files().size());
  }

  @Test
  void aFlushIsRequiredByAgeOrBySize() throws IOException {
    try (RawFolderWriter writer = writer()) {
      assertFalse(writer.isFlushDue());
      writer.append(line(event("sales", HOUR, 1)));
      assertFalse(writer.isFlushDue());
      ticks += Duration.ofSeconds(5).toNanos();
      assertTrue(writer.isFlushDue());
      writer.flush();

      for (int i = 0; !writer.isFlushDue(); i++) {
        assertTrue(i < 10);
        writer.append(line(event("sales", HOUR, i)));
      }
    }
  }

  @Test
  void aWallClockThatJumpsNeitherTriggersNorDelaysAFlush() throws IOException {
    try (RawFolderWriter writer = writer()) {
      for (int days : new int[] {7, -14}) {
        writer.append(line(event("sales", HOUR, 1)));
        clock.now = clock.now.plus(Duration.ofDays(days));
        ticks += Duration.ofSeconds(4).toNanos();
        assertFalse(writer.isFlushDue());
        ticks += Duration.ofSeconds(1).toNanos();
        assertTrue(writer.isFlushDue());
        writer.flush();
      }
    }
    assertEquals(2, files().size());
  }

  @Test
  void theHourIsReadBackFromThePath() {
    assertEquals(
        Instant.parse("2026-08-05T03:00:00Z"),
        RawPath.hourOf("s3://b/raw/" + RawPath.hourFolder(new TableToken("sales"), HOUR))
            .orElseThrow());
    assertTrue(RawPath.hourOf("year=2026/month=13/day=05/hour=03").isEmpty());
    assertTrue(RawPath.hourOf("sales/2026/08").isEmpty());
  }

  @Test
  void anEventIsPlacedByWhenItWasWrittenAndNotByItsCommit() throws IOException {
    try (RawFolderWriter writer = writer()) {
      EventLine line = new EventLine();
      for (int hour = 0; hour < 3; hour++) {
        line.writtenAt(HOUR.plus(Duration.ofHours(hour / 2)).getEpochSecond());
        ChangeEventWriter.write(
            event("sales", Instant.parse("+11026-10-28T00:00:00Z"), hour), line);
        writer.append(line);
      }
      writer.flush();
    }
    List<String> folders =
        files().stream()
            .map(file -> root.relativize(file.getParent()).toString())
            .sorted()
            .toList();
    assertEquals(
        List.of(
            "sales/year=2026/month=08/day=05/hour=03", "sales/year=2026/month=08/day=05/hour=04"),
        folders);
  }

  private static EventLine line(ChangeEvent event) {
    EventLine line = new EventLine();
    line.writtenAt(event.committedAt().getEpochSecond());
    ChangeEventWriter.write(event, line);
    return line;
  }

  private RawFolderWriter writer() throws IOException {
    return new RawFolderWriter(root, "firn", LIMITS, new Clocks(clock, () -> ticks));
  }

  private static ChangeEvent event(String table, Instant committedAt, long lsn) {
    Map<String, Object> id = Map.of("id", lsn);
    return new ChangeEvent(
        new TableVersion(new TableToken(table), "3f9c2b1e"),
        Operation.INSERT,
        new Position(1, lsn, 0),
        committedAt,
        RowImage.written(id, id));
  }

  private List<Path> files() throws IOException {
    return list(root).stream().filter(path -> !path.startsWith(root.resolve("_incoming"))).toList();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(Files::isRegularFile).toList();
    }
  }

  private static byte[] content(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return in.readAllBytes();
    }
  }

  /** A clock that a test moves. */
  private static final class HandClock extends Clock {

    private Instant now = Instant.parse("2026-08-05T04:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
