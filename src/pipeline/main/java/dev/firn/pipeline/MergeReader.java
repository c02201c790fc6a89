package dev.firn.pipeline;

/** Reads the section {@code merge}. */
final class MergeReader {

  private static final int MOST_TABLES = 64;

  private MergeReader() {}

  static MergeConfig read(Section section) {
    MergeConfig defaults = MergeConfig.DEFAULT;
    MergeConfig merge =
        new MergeConfig(
            section.duration("look_back", defaults.lookBack()),
            section.duration("tombstones", defaults.tombstones()),
            (int) section.number("parallel_tables", 1, MOST_TABLES, defaults.parallelTables()),
            section.share("quarantine_limit", defaults.quarantineLimit()),
            section.choice("engine", Engine.class).orElse(defaults.engine()),
            layout(section, defaults.layout()),
            section.bytes("driver_size", defaults.driverSize()),
            limits(section, defaults.limits()));
    section.finish();
    return merge;
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
