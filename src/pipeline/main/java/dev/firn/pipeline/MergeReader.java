package dev.firn.pipeline;

import java.time.Duration;

/** Reads the section {@code merge}. */
final class MergeReader {

  private static final int MOST_TABLES = 64;

  private MergeReader() {}

  static MergeConfig read(Section section) {
    MergeConfig defaults = MergeConfig.DEFAULT;
    Duration lookBack = section.duration("look_back", defaults.lookBack());
    MergeConfig merge =
        new MergeConfig(
            lookBack,
            tombstones(section, lookBack, defaults.tombstones()),
            (int) section.number("parallel_tables", 1, MOST_TABLES, defaults.parallelTables()),
            section.share("quarantine_limit", defaults.quarantineLimit()),
            section.choice("engine", Engine.class).orElse(defaults.engine()),
            layout(section, defaults.layout()),
            section.bytes("driver_size", defaults.driverSize()),
            limits(section, defaults.limits()));
    section.finish();
    return merge;
  }

  // A late file within the look-back may hold the insert of a row whose tombstone has expired.
  private static Duration tombstones(Section section, Duration lookBack, Duration least) {
    Duration longer = lookBack.compareTo(least) > 0 ? lookBack : least;
    Duration given = section.duration("tombstones", longer);
    if (given.compareTo(lookBack) >= 0) {
      return given;
    }
    section
        .problems()
        .add(
            section.path("tombstones"),
            "is shorter than merge.look_back",
            section.text("tombstones").orElse(""),
            "Write at least the time of merge.look_back, or leave it out.");
    return longer;
  }

  private static LayoutConfig layout(Section section, LayoutConfig defaults) {
    return new LayoutConfig(
        section.bytes("bucket_from", defaults.bucketFrom()),
        section.bytes("bucket_size", defaults.bucketSize()));
  }

  private static ReadLimits limits(Section section, ReadLimits defaults) {
    long record =
        section.bytes(
            "max_record", ReadLimits.LEAST_RECORD, ReadLimits.MOST_RECORD, defaults.record());
    return new ReadLimits(
        record, section.bytes("max_file", record, Long.MAX_VALUE, defaults.file()));
  }
}
