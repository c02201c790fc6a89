package dev.firn.engine.raw;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.contract.TableToken;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.functional.RemoteIterators;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RawZoneTest {

  private static final TableToken SALES = new TableToken("sales");
  private static final String DAY = "sales/year=2026/month=11/day=09/";

  @TempDir private Path folder;

  /** How a day is listed: folder by folder, or as a whole. */
  enum Storage {
    FOLDERS,
    OBJECTS
  }

  @BeforeEach
  void fill() throws IOException {
    file("sales/year=2025/month=12/day=31/hour=23/old.json.gz");
    file("sales/year=2026/month=09/day=30/hour=00/month.json.gz");
    file("sales/year=2026/month=10/day=31/hour=23/day.json.gz");
    file("sales/year=2026/month=11/day=01/hour=00/first.json.gz");
    file(DAY + "hour=12/second.json.gz");
    file("sales/year=2027/month=01/day=01/hour=00/future.json.gz");
    file("salesman/year=2026/month=11/day=09/hour=12/another.json.gz");
  }

  @ParameterizedTest
  @EnumSource
  void filesOfTheHorizonsDayAndLaterAreFoundInTheOrderOfTheirPaths(Storage storage) {
    assertEquals(
        List.of(
            "sales/year=2026/month=11/day=01/hour=00/first.json.gz",
            "sales/year=2026/month=11/day=09/hour=12/second.json.gz",
            "sales/year=2027/month=01/day=01/hour=00/future.json.gz"),
        paths(list(storage, WantedDays.since(SALES, Instant.parse("2026-11-01T17:30:00Z")))));
  }

  @ParameterizedTest
  @EnumSource
  void olderDaysAreLookedIntoWhereNothingWasReadOfThem(Storage storage) {
    Set<String> read =
        Set.of(
            "sales/year=2025/month=12/day=31/hour=23",
            "sales/year=2026/month=10/day=31/hour=00",
            "sales/year=2026/month=11/day=01/hour=00");
    Instant horizon = Instant.parse("2026-11-01T17:30:00Z");

    assertEquals(
        List.of(
            "sales/year=2026/month=09/day=30/hour=00/month.json.gz",
            "sales/year=2026/month=11/day=01/hour=00/first.json.gz",
            "sales/year=2026/month=11/day=09/hour=12/second.json.gz",
            "sales/year=2027/month=01/day=01/hour=00/future.json.gz"),
        paths(list(storage, WantedDays.of(SALES, horizon, read))));
  }

  @ParameterizedTest
  @EnumSource
  void aSweepFindsAll(Storage storage) {
    RawListing all = list(storage, WantedDays.ALL);

    assertEquals(6, all.files().size());
    assertEquals(List.of(), all.passedOver());
  }

  @ParameterizedTest
  @EnumSource
  void whatHasAnotherShapeIsNotReadAndIsNamed(Storage storage) throws IOException {
    List<String> strange =
        List.of(
            "sales/1.json.gz",
            "sales/year=+11026",
            "sales/year=2026/month=11/day=09/hour=12/1.json.gz.part",
            "sales/year=2026/month=11/day=09/hour=12/deeper",
            "sales/year=2026/month=11/day=09/hour=123",
            "sales/year=2026/month=11/day=09/hour=8",
            "sales/year=2026/month=11/day=09/hour=xx",
            "sales/year=2026/month=11/day=09/stray.json.gz",
            "sales/year=2026/month=11/day=9",
            "sales/year=2026/month=13/day=01/hour=00",
            "sales/year=2026/stray.json.gz",
            "sales/year=58562",
            "sales/yearly");
    for (String path : strange) {
      boolean isFile = path.contains(".json.gz");
      file(isFile ? path : path + "/1.json.gz");
      file(isFile ? path + "~" : path + "/2.json.gz");
    }

    RawListing listing = list(storage, WantedDays.ALL);

    assertEquals(6, listing.files().size());
    assertEquals(
        strange, listing.passedOver().stream().filter(path -> !path.endsWith("~")).toList());
  }

  @ParameterizedTest
  @EnumSource
  void aFileThatIsBeingUploadedIsNamedAndNotRead(Storage storage) throws IOException {
    List<String> uploading =
        Stream.of("crdownload", "filepart", "inprogress", "part", "partial", "temp", "tmp")
            .map(ending -> DAY + "hour=12/1.json.gz." + ending)
            .toList();
    for (String path : uploading) {
      file(path);
    }

    RawListing listing = list(storage, WantedDays.ALL);

    assertEquals(6, listing.files().size());
    assertEquals(uploading, listing.passedOver());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsHiddenIsNotNamed(Storage storage) throws IOException {
    file(DAY + "hour=12/.hidden");
    file(DAY + "hour=12/_SUCCESS");
    file(DAY + "hour=12/_temporary/part.json.gz");
    file(DAY + "_tmp/1.json.gz");
    file("sales/year=2026/.DS_Store");
    file("sales/year=2026_$folder$");
    Files.createDirectories(folder.resolve(DAY + "hour=13"));

    RawListing listing = list(storage, WantedDays.ALL);

    assertEquals(6, listing.files().size());
    assertEquals(List.of(), listing.passedOver());
  }

  @Test
  void aTableWithoutAFolderHasNone() {
    RawListing none =
        new RawZone(folder.toString(), new Configuration())
            .list(new TableToken("orders"), WantedDays.ALL);

    assertEquals(new RawListing(List.of(), List.of()), none);
  }

  @Test
  void whatIsOfNoTableIsNamed() throws IOException {
    file("Sales/year=2026/month=11/day=09/hour=12/1.json.gz");
    file("error/format-conversion-failed/1");
    file("_schema/sales/1.json");
    file("stray.json.gz");
    file("_SUCCESS");
    file(".DS_Store");

    RawFolders folders = folders();

    assertEquals(List.of(SALES, new TableToken("salesman")), folders.tables());
    assertEquals(List.of("Sales", "stray.json.gz"), folders.passedOver());
  }

  @Test
  void aFolderWithAnUnderscoreIsATableWhereSomethingDescribesIt() throws IOException {
    TableToken described = new TableToken("_described");
    TableToken foreign = new TableToken("_foreign");
    file("_schema/_described/1.json");
    file("_described/year=2026/month=11/day=09/hour=12/1.json");
    file("_foreign/year=2026/month=11/day=09/hour=12/1.json");
    file("_temporary/0/task.json.gz");

    RawFolders folders = folders(foreign);

    assertEquals(List.of(described, foreign, SALES, new TableToken("salesman")), folders.tables());
    assertEquals(List.of("_temporary"), folders.passedOver());
  }

  private RawFolders folders(TableToken... foreign) {
    return new RawZone(folder.toString(), new Configuration()).folders(List.of(foreign));
  }

  @Test
  void theNamesOfAllDaysCostARequestAMonth() throws IOException {
    for (LocalDate day = LocalDate.of(2023, 1, 1); day.getYear() < 2025; day = day.plusDays(1)) {
      Files.createDirectories(
          folder.resolve(
              "orders/year=%d/month=%02d/day=%02d/hour=00"
                  .formatted(day.getYear(), day.getMonthValue(), day.getDayOfMonth())));
    }
    RawZone zone = zone(Storage.OBJECTS);
    Counted.REQUESTS.set(0);
    TableToken orders = new TableToken("orders");
    zone.list(orders, WantedDays.since(orders, Instant.parse("2024-12-24T00:00:00Z")));

    int years = 2;
    int months = 24;
    int days = 8;
    assertEquals(1 + years + months + days, Counted.REQUESTS.get());
  }

  @Test
  void aFileIsLookedForByItsPath() {
    RawZone zone = zone(Storage.FOLDERS);

    assertTrue(zone.exists(DAY + "hour=12/second.json.gz"));
    assertTrue(!zone.exists(DAY + "hour=12/third.json.gz"));
  }

  private RawListing list(Storage storage, Predicate<String> days) {
    return zone(storage).list(SALES, days);
  }

  private RawZone zone(Storage storage) {
    Configuration hadoop = new Configuration();
    hadoop.setClass("fs.s3folder.impl", Counted.class, FileSystem.class);
    return new RawZone(storage == Storage.OBJECTS ? "s3folder:" + folder : "" + folder, hadoop);
  }

  private static List<String> paths(RawListing listing) {
    return listing.files().stream().map(RawFile::path).toList();
  }

  private void file(String path) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{}");
  }

  /** An object storage that counts requests. */
  public static final class Counted extends RawLocalFileSystem {

    static final AtomicInteger REQUESTS = new AtomicInteger();

    @Override
    public URI getUri() {
      return URI.create("s3folder:///");
    }

    @Override
    public String getScheme() {
      return "s3folder";
    }

    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
      REQUESTS.incrementAndGet();
      return super.listStatus(path);
    }

    @Override
    public RemoteIterator<LocatedFileStatus> listFiles(
        org.apache.hadoop.fs.Path path, boolean recursive) throws IOException {
      REQUESTS.incrementAndGet();
      List<LocatedFileStatus> found = new ArrayList<>();
      collect(path, recursive, found);
      return RemoteIterators.remoteIteratorFromIterable(found);
    }

    // Hadoop's own asks for owners, which only files of the scheme "file" have.
    private void collect(
        org.apache.hadoop.fs.Path folder, boolean deeper, List<LocatedFileStatus> found)
        throws IOException {
      for (FileStatus entry : super.listStatus(folder)) {
        if (entry.isDirectory() && deeper) {
          collect(entry.getPath(), true, found);
        } else if (entry.isFile()) {
          found.add(
              new LocatedFileStatus(
                  new FileStatus(entry.getLen(), false, 1, 1, 0, entry.getPath()), null));
        }
      }
    }
  }
}
