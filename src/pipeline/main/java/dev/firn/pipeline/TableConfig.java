package dev.firn.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Options of one table.
 *
 * @param exclude columns that the producer never writes
 * @param masks what it writes for other columns, by column
 * @param properties Iceberg table properties set at creation; they override Firn's own defaults:
 *     {@code format-version: 3}
 * @param format of its raw records, if another producer writes them
 * @param engine that merges it, if it differs from the one in {@link MergeConfig}
 * @param buckets number of buckets of its key; 0 for none, empty to derive it from the table's size
 * @param key names of the columns that identify its rows, if the source has no suitable primary
 *     key; empty for the key of the source
 */
public record TableConfig(
    Set<String> exclude,
    Map<String, Mask> masks,
    Map<String, String> properties,
    Optional<ForeignFormat> format,
    Optional<Engine> engine,
    OptionalInt buckets,
    List<String> key) {

  /** A large batch writes a file for each. */
  public static final int MOST_BUCKETS = 10_000;

  public static final TableConfig DEFAULT =
      new TableConfig(Set.of(), Map.of(), Map.of(), Optional.empty());

  public TableConfig {
    exclude = Set.copyOf(exclude);
    masks = Map.copyOf(masks);
    properties = Map.copyOf(properties);
    key = List.copyOf(key);
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(engine, "engine");
    if (buckets.isPresent() && !isCount(buckets.getAsInt())) {
      throw new IllegalArgumentException(
          "Cannot use buckets: 0, or 2 to %s: %s".formatted(MOST_BUCKETS, buckets.getAsInt()));
    }
  }

  /** With the key that the source has. */
  public TableConfig(
      Set<String> exclude,
      Map<String, Mask> masks,
      Map<String, String> properties,
      Optional<ForeignFormat> format,
      Optional<Engine> engine,
      OptionalInt buckets) {
    this(exclude, masks, properties, format, engine, buckets, List.of());
  }

  /** Merged as the other tables are. */
  public TableConfig(
      Set<String> exclude,
      Map<String, Mask> masks,
      Map<String, String> properties,
      Optional<ForeignFormat> format) {
    this(exclude, masks, properties, format, Optional.empty(), OptionalInt.empty());
  }

  static boolean isCount(int buckets) {
    return buckets == 0 || (buckets >= 2 && buckets <= MOST_BUCKETS);
  }
}
