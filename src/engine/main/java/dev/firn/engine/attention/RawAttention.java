package dev.firn.engine.attention;

import dev.firn.engine.raw.WantedDays;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The findings about a table's raw folder that are stored until the operator decides about them.
 * They are in a separate file, because a run that fails has no batch in which they could be stored.
 *
 * @param sweptAt when every hour folder was last looked through, as ISO-8601; empty for never
 * @param found files that the last sweep found in days that had been read before
 * @param passedOver folders and files that no merge reads, as found by the last run
 * @param missing files that were listed and no longer existed when they were read
 */
public record RawAttention(
    String sweptAt, long found, List<String> passedOver, List<Missing> missing) {

  public static final RawAttention NONE = new RawAttention("", 0, List.of(), List.of());

  /**
   * A file that disappeared before any merge read it.
   *
   * @param path below the raw zone's root
   * @param since the time of the run that first missed it, as ISO-8601
   */
  public record Missing(String path, String since) {

    public String sentence() {
      return "Raw file is missing since %s: it was listed, but never read: %s. Put it back, or give it up with: firn merge --accept-missing %s"
          .formatted(since, path, path);
    }
  }

  public RawAttention {
    passedOver = List.copyOf(passedOver);
    missing = List.copyOf(missing);
  }

  public Optional<Instant> lastSweep() {
    return sweptAt.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(sweptAt));
  }

  public RawAttention swept(Instant at, long filesFound) {
    return new RawAttention(at.toString(), filesFound, passedOver, missing);
  }

  /**
   * @param now the folders and files that a listing found and no merge reads
   * @param unlisted days that the listing did not include: earlier findings in them are kept
   */
  public RawAttention passingOver(List<String> now, Predicate<String> unlisted) {
    List<String> all =
        Stream.concat(
                passedOver.stream().filter(path -> WantedDays.hold(unlisted, path)), now.stream())
            .distinct()
            .sorted()
            .toList();
    return new RawAttention(sweptAt, found, all, missing);
  }

  /** Adds missing files; a file that was missing before keeps its time. */
  public RawAttention missing(List<String> paths, Instant now) {
    List<Missing> all = new ArrayList<>(missing);
    paths.stream()
        .filter(path -> missing.stream().noneMatch(one -> one.path().equals(path)))
        .map(path -> new Missing(path, now.toString()))
        .forEach(all::add);
    return new RawAttention(sweptAt, found, passedOver, all);
  }

  public RawAttention without(Set<String> paths) {
    return new RawAttention(
        sweptAt,
        found,
        passedOver,
        missing.stream().filter(one -> !paths.contains(one.path())).toList());
  }
}
