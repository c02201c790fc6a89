package dev.firn.engine.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.engine.raw.RawFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadHoursTest {

  private static final String HOUR = "sales/year=2026/month=08/day=05/hour=%02d/";

  private final Map<String, BatchFiles> manifests = new HashMap<>();
  private final List<RawFile> zone = new ArrayList<>();
  private ReadHours hours = ReadHours.NONE;
  private long number;

  @Test
  void aFileBeyondTheMarkIsFoundWithoutAManifest() {
    batch(file(3, "b", 1), file(3, "d", 1));
    manifests.clear();
    zone.add(file(3, "e", 1));

    assertEquals(List.of(file(3, "e", 1)), unread());
  }

  @Test
  void aFileBelowTheMarkIsDistinguishedFromTheOthersByTheManifests() {
    batch(file(3, "b", 1), file(3, "d", 1));
    batch(file(4, "a", 1));
    batch(file(3, "e", 1));
    zone.add(file(3, "c", 1));

    assertEquals(List.of(file(3, "c", 1)), unread());
  }

  @Test
  void aFileOfAnotherLengthIsAnotherFile() {
    batch(file(3, "b", 1), file(3, "d", 1));
    zone.remove(file(3, "b", 1));
    zone.add(file(3, "b", 2));

    assertEquals(List.of(file(3, "b", 2)), unread());
  }

  @Test
  void aFolderWhoseManifestsAreGoneIsReadAgain() {
    batch(file(3, "b", 1), file(3, "d", 1));
    batch(file(4, "a", 1));
    manifests.clear();
    zone.add(file(3, "c", 1));

    assertEquals(List.of(file(3, "b", 1), file(3, "c", 1), file(3, "d", 1)), unread());
  }

  @Test
  void aFolderThatWasReadAgainIsKnownFromThenOn() {
    batch(file(3, "b", 1), file(3, "d", 1));
    manifests.clear();
    zone.add(file(3, "c", 1));
    record(unread());
    zone.add(file(3, "a", 1));

    assertEquals(List.of(file(3, "a", 1)), unread());
  }

  @Test
  void aFolderThatLostAFileIsKnownWithoutAManifestAfterTheNextBatch() {
    batch(file(3, "b", 1), file(3, "d", 1));
    zone.remove(file(3, "b", 1));
    batch(file(4, "a", 1));
    manifests.clear();

    assertEquals(List.of(), unread());
  }

  @Test
  void theNamesOfAFolderAreInSixteenManifestsAtMost() {
    for (int i = 0; i < 50; i++) {
      batch(file(3, "b%03d".formatted(i), 1));
    }
    zone.add(file(3, "a", 1));
    List<String> looked = new ArrayList<>();

    ReadHours.Compared compared =
        hours.compare(
            listed(),
            batch -> {
              looked.add(batch);
              return Optional.of(manifests.get(batch));
            });

    assertEquals(List.of(file(3, "a", 1)), compared.unread());
    assertTrue(looked.size() <= 16, looked.toString());
  }

  @Test
  void theRecordOfAnHourDoesNotGrowWithItsFiles() {
    batch(file(3, "a", 1));
    int one = hours.hour(folder(3)).orElseThrow().line().length();
    for (int i = 0; i < 200; i++) {
      batch(file(3, "a%03d".formatted(i), 1));
    }
    assertTrue(hours.hour(folder(3)).orElseThrow().line().length() < one + 20);
  }

  @Test
  void aRecordIsReadAsItWasWritten() {
    batch(file(3, "a name with blanks", 1));
    ReadHour hour = hours.hour(folder(3)).orElseThrow();

    assertEquals(hour, ReadHour.parse(hour.line()));
  }

  @Test
  void halfARecordIsRefused() {
    batch(file(3, "a", 1));
    String line = hours.hour(folder(3)).orElseThrow().line();

    assertThrows(
        IllegalArgumentException.class,
        () -> ReadHour.parse(line.substring(0, line.lastIndexOf(' '))));
  }

  /** Any files in any order, some of which vanish and come back, cut into batches anyhow. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
  void whatIsUnreadIsAlwaysWhatWasNotRead(long seed) {
    Random random = new Random(seed);
    Set<RawFile> read = new HashSet<>();
    Set<RawFile> vanished = new HashSet<>();
    for (int round = 0; round < 120; round++) {
      for (int i = random.nextInt(4); i > 0; i--) {
        zone.add(file(random.nextInt(3), "f" + random.nextInt(500), random.nextInt(2)));
      }
      zone.removeIf(file -> random.nextInt(60) == 0 && vanished.add(file));
      List<RawFile> unread = unread();
      // One that vanished and came back may be read again, or not.
      assertEquals(
          listed().stream().filter(file -> !read.contains(file)).toList(),
          unread.stream().filter(file -> !read.contains(file) || !vanished.contains(file)).toList(),
          "round " + round);
      if (!unread.isEmpty() && random.nextInt(3) > 0) {
        List<RawFile> some = unread.subList(0, 1 + random.nextInt(unread.size()));
        read.addAll(some);
        record(some);
      }
    }
  }

  private void batch(RawFile... files) {
    zone.addAll(List.of(files));
    record(List.of(files));
  }

  private void record(List<RawFile> files) {
    String batch = "b" + (number + 1);
    ReadHours.Recorded recorded = hours.after(compared(), files, batch, ++number);
    List<RawFile> named = new ArrayList<>(files);
    named.addAll(recorded.again());
    manifests.put(batch, new BatchFiles(number == 1 ? "" : "b" + (number - 1), number, named));
    hours = recorded.hours();
  }

  private List<RawFile> unread() {
    return compared().unread();
  }

  private ReadHours.Compared compared() {
    return hours.compare(listed(), batch -> Optional.ofNullable(manifests.get(batch)));
  }

  private List<RawFile> listed() {
    return zone.stream()
        .distinct()
        .sorted(Comparator.comparing(RawFile::path).thenComparing(RawFile::length))
        .toList();
  }

  private static String folder(int hour) {
    String path = HOUR.formatted(hour);
    return path.substring(0, path.length() - 1);
  }

  private static RawFile file(int hour, String name, long length) {
    return new RawFile(HOUR.formatted(hour) + name, length);
  }
}
