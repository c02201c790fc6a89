package dev.firn.engine.raw;

import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import java.time.Instant;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The day folders whose files are listed: those from a horizon on, where files are still expected,
 * and older ones of which nothing was read. The names of folders have a fixed length on each level,
 * so they sort like their dates.
 */
public final class WantedDays implements Predicate<String> {

  /** Every day, for a sweep. */
  public static final Predicate<String> ALL = day -> true;

  private static final Pattern DAY =
      Pattern.compile("([^/]+/year=\\d{4}/month=\\d{2}/day=\\d{2})/.*");

  private final String first;
  private final Set<String> read;

  private WantedDays(String first, Set<String> read) {
    this.first = first;
    this.read = read;
  }

  /**
   * @param hours hour folders of which some file was read
   */
  public static WantedDays of(TableToken table, Instant horizon, Set<String> hours) {
    return new WantedDays(
        RawPath.dayFolder(table, horizon),
        hours.stream().map(WantedDays::parent).collect(Collectors.toSet()));
  }

  /** The days from a horizon on. */
  public static Predicate<String> since(TableToken table, Instant horizon) {
    String first = RawPath.dayFolder(table, horizon);
    return day -> day.compareTo(first) >= 0;
  }

  @Override
  public boolean test(String day) {
    return day.compareTo(first) >= 0 || !read.contains(day);
  }

  /** Whether this path is in one of these days. */
  public static boolean hold(Predicate<String> days, String path) {
    Matcher day = DAY.matcher(path);
    return day.matches() && days.test(day.group(1));
  }

  private static String parent(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }
}
