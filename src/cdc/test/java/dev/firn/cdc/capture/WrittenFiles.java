package dev.firn.cdc.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What a capture wrote beside its events, and what events say of their writing. */
record WrittenFiles(Path raw) {

  private static final Pattern EVENT_TIMESTAMP = Pattern.compile("\"event_timestamp\":(\\d+),");

  /** The records of complete copies of a table, in the order of their names. */
  List<SnapshotRecord> snapshotRecords(String table) {
    Path folder = raw.resolve(RawPath.snapshotFolder(new TableToken(table)));
    try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
      List<SnapshotRecord> records = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        SnapshotRecord record = SnapshotRecord.parse(Files.readString(file));
        assertEquals(RawPath.snapshotRecord(record), raw.relativize(file).toString());
        records.add(record);
      }
      return records;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When an event was written, as it says itself. */
  static Instant writtenAt(String line) {
    Matcher found = EVENT_TIMESTAMP.matcher(line);
    if (!found.find()) {
      throw new AssertionError("no event_timestamp: " + line);
    }
    return Instant.ofEpochSecond(Long.parseLong(found.group(1)));
  }
}
