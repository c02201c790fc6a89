package dev.firn.pipeline;

import java.nio.file.Path;

/** Reads the section {@code delivery}. */
final class DeliveryReader {

  private static final int MOST_PARTITIONS = 10_000;

  private DeliveryReader() {}

  static DeliveryConfig read(Section section, Path folder) {
    DeliveryConfig defaults = DeliveryConfig.defaults(folder);
    Path state =
        section
            .text("state")
            .map(text -> folder.resolve(text).normalize())
            .orElse(defaults.state());
    long partitions = section.number("partitions", 1, MOST_PARTITIONS, defaults.partitions());
    section.finish();
    return new DeliveryConfig(state, (int) partitions);
  }
}
