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
 * The raw files that were read, by hour folder. The result is exact for any set of files: if the
 * files of a folder up to the high-water mark have the recorded count and digest, exactly the files
 * after the mark were not read; for any other folder the manifests have the names. If one of these
 * manifests is gone, the whole folder counts as not read: reading a file again is harmless.
 */
public final class ReadHours {

  /** The largest number of manifests over which the names of one folder may be spread. */
  private static final int MOST_MANIFESTS = 16;

  public static final ReadHours NONE = new ReadHours(new TreeMap<>());

  private final SortedMap<String, ReadHour> hours;

  private ReadHours(SortedMap<String, ReadHour> hours) {
    this.hours = hours;
  }

  /**
   * A listing, divided into read and unread files.
   *
   * @param read files that earlier batches have read
   * @param unread files that no batch has read, or is known to have read
   */
  public record Compared(List<RawFile> read, List<RawFile> unread) {}

  /**
   * The records to write for a batch.
   *
   * @param again files of earlier batches that its manifest must name again
   */
  public record Recorded(ReadHours hours, List<RawFile> again) {}

  /**
   * @param hours the records, by hour folder
   */
  public static ReadHours of(Map<String, ReadHour> hours) {
    return new ReadHours(new TreeMap<>(hours));
  }

  /** The files that one manifest names by itself. */
  public static ReadHours of(List<RawFile> files, String batch, long number) {
    SortedMap<String, ReadHour> hours = new TreeMap<>();
    byFolder(files)
        .forEach((folder, some) -> hours.put(folder, ReadHour.of(some, batch, number, number)));
    return new ReadHours(hours);
  }

  public SortedMap<String, ReadHour> hours() {
    return new TreeMap<>(hours);
  }

  /** The record of an hour folder; empty if nothing of it was read. */
  public Optional<ReadHour> hour(String folder) {
    return Optional.ofNullable(hours.get(folder));
  }

  /**
   * Divides a listing into read and unread files, in its order.
   *
   * @param listed complete: all files of each folder in it
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

  /** All files of the manifests that an hour needs; none if one of the manifests is gone. */
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
   * The records after a batch.
   *
   * @param compared the listing from which the batch was planned
   * @param files the unread files that the batch reads
   * @param number of the batch, one more than its predecessor's
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

  /** Number of the oldest manifest that is needed to name the read files of a folder. */
  private long from(String folder, List<RawFile> before, long number) {
    ReadHour hour = hours.get(folder);
    return before.isEmpty() || hour == null || number - hour.from() >= MOST_MANIFESTS
        ? number
        : hour.from();
  }

  // Files that were removed from a folder are removed from its record, which is then exact again.
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
