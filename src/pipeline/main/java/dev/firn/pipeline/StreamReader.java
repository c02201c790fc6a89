package dev.firn.pipeline;

import dev.firn.contract.raw.BufferLimits;
import java.time.Duration;
import java.util.Optional;

/** Reads the section {@code stream}. */
final class StreamReader {

  private StreamReader() {}

  static StreamConfig read(Section section) {
    if (!section.isEmpty() && section.text("direct").isEmpty()) {
      section.problems().addMissing(section.path("direct"), "Write direct: true.");
    }
    if (section.flag("direct").equals(Optional.of(false))) {
      section
          .problems()
          .add(section.path("direct"), "is not allowed", false, "Write direct: true.");
    }
    BufferLimits defaults = StreamConfig.DEFAULT_BUFFER;
    Section buffer = section.section("buffer");
    Duration age = buffer.duration("age", defaults.maxAge());
    long megabytes = buffer.number("megabytes", 1, 4096, defaults.maxBytes() >> 20);
    buffer.finish();
    section.finish();
    return new StreamConfig(new BufferLimits(age, megabytes << 20, defaults.maxFiles()));
  }
}
