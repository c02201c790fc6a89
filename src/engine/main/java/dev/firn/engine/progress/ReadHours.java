package dev.firn.engine.progress;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.firn.engine.raw.RawFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The raw files that were read, by hour folder. Exact for any set of files: of a folder whose files
 * up to the high-water mark have the recorded count and digest, those beyond it were not read; of
 * any other folder the manifests tell the names. Where one of these is gone, the whole folder
 * counts as not read: to read a file again is harmless.
 */
public final class ReadHours {

  /** Manifests that the names of one folder may be spread over. */
  private static final int MOST_MANIFESTS = 16;

  public static final ReadHours NONE = new ReadHours(new TreeMap<>());

  private final SortedMap<String, ReadHour> hours;

  private ReadHours(SortedMap<String, ReadHour> hours) {
    this.hours = hours;
  }

  /**
   * A listing, divided.
   *
   * @param read by earlier batches
   * @param unread by none, or not known to be
   */
  public record Compared(List<RawFile> read, List<RawFile> unread) {}

  /**
   * What there is to be recorded of a batch.
   *
   * @param again files of earlier batches that its manifest has to name again
   */
  public record Recorded(ReadHours hours, List<RawFile> again) {}

  /**
   * @param hours by their folders
   */
  public static ReadHours of(Map<String, ReadHour> hours) {
    return new ReadHours(new TreeMap<>(hours));
  }

  /** All that one manifest names, by itself. */
  public static ReadHours of(List<RawFile> files, String batch, long number) {
    SortedMap<String, ReadHour> hours = new TreeMap<>();
    byFolder(files)
        .forEach((folder, some) -> hours.put(folder, ReadHour.of(some, batch, number, number)));
    return new ReadHours(hours);
  }

  public SortedMap<String, ReadHour> hours() {
    return new TreeMap<>(hours);
  }

  /** What was read of an hour folder; empty when nothing was. */
  public Optional<ReadHour> hour(String folder) {
    return Optional.ofNullable(hours.get(folder));
  }

  /**
   * Divides a listing, in its order.
   *
   * @param listed all files of each folder that is in it
   */
  public Compared compare(List<RawFile> listed, BatchFiles.Source manifests) {
    Set<RawFile> read = new HashSet<>();
    byFolder(listed).forEach((folder, files) -> read.addAll(read(folder, files, manifests)));
    return new Compared(
        listed.stream().filter(read::contains).toList(),
        listed.stream().filter(file -> !read.contains(file)).toList());
  }

  private List<RawFile> read(String folder, List<RawFile> files, BatchFiles.Source manifests) {
    ReadHour hour = hours.get(folder);
    if (hour == null) {
      return List.of();
    }
    List<RawFile> upToLast = hour.upToLast(files);
    if (hour.isExactly(upToLast)) {
      return upToLast;
    }
    Set<RawFile> named = named(hour, manifests);
    return files.stream().filter(named::contains).toList();
  }

  /** Every file of the manifests that an hour needs; none when one of them is gone. */
  private static Set<RawFile> named(ReadHour hour, BatchFiles.Source manifests) {
    Set<RawFile> named = new HashSet<>();
    String next = hour.batch();
    while (true) {
      Optional<BatchFiles> found = next.isEmpty() ? Optional.empty() : manifests.find(next);
      if (found.isEmpty()) {
        return Set.of();
      }
      named.addAll(found.get().files());
      if (found.get().number() <= hour.from()) {
        return named;
      }
      next = found.get().previous();
    }
  }

  /**
   * What holds after a batch.
   *
   * @param compared the listing it was planned from
   * @param files that it reads, of the unread ones
   * @param number the batch's own, one more than its predecessor's
   */
  public Recorded after(Compared compared, List<RawFile> files, String batch, long number) {
    SortedMap<String, ReadHour> after = new TreeMap<>(hours);
    List<RawFile> again = new ArrayList<>();
    Map<String, List<RawFile>> fresh = byFolder(files);
    Map<String, List<RawFile>> known = byFolder(compared.read());
    fresh.forEach(
        (folder, some) -> {
          List<RawFile> before = known.getOrDefault(folder, List.of());
          long from = from(folder, before, number);
          if (from == number) {
            again.addAll(before);
          }
          List<RawFile> all = new ArrayList<>(before);
          all.addAll(some);
          after.put(folder, ReadHour.of(all, batch, from, number));
        });
    known.forEach(
        (folder, some) -> {
          if (!fresh.containsKey(folder)) {
            after.computeIfPresent(folder, (name, hour) -> without(hour, some));
          }
        });
    return new Recorded(new ReadHours(after), again);
  }

  /** Number of the oldest manifest that is needed to name what was read of a folder. */
  private long from(String folder, List<RawFile> before, long number) {
    ReadHour hour = hours.get(folder);
    return before.isEmpty() || hour == null || number - hour.from() >= MOST_MANIFESTS
        ? number
        : hour.from();
  }

  // Files that are gone from a folder are gone from its record, which then is exact again.
  private static ReadHour without(ReadHour hour, List<RawFile> left) {
    return hour.isExactly(left) ? hour : ReadHour.of(left, hour.batch(), hour.from(), hour.to());
  }

  private static Map<String, List<RawFile>> byFolder(List<RawFile> files) {
    return files.stream()
        .collect(groupingBy(file -> ReadHour.folderOf(file.path()), TreeMap::new, toList()));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ReadHours that && hours.equals(that.hours);
  }

  @Override
  public int hashCode() {
    return Objects.hash(hours);
  }

  @Override
  public String toString() {
    return hours.toString();
  }
}
