package dev.firn.pipeline;

import dev.firn.contract.raw.BufferLimits;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Reads the section {@code stream}. */
final class StreamReader {

  private static final String WAYS =
      "Write kinesis: NAME for a Kinesis data stream, or direct: true: the producer writes raw"
          + " itself.";

  private StreamReader() {}

  static StreamConfig read(Section section) {
    Optional<String> name = section.text("kinesis");
    Optional<Boolean> direct = section.flag("direct");
    boolean isSaid = name.isPresent() || direct.orElse(section.text("direct").isPresent());
    if (!section.isEmpty() && !isSaid) {
      section.problems().addMissing(section.path("kinesis"), WAYS);
    } else if (name.isPresent() && direct.orElse(false)) {
      section
          .problems()
          .add(section.path("direct"), "contradicts stream.kinesis", true, "Remove one of them.");
    }
    Optional<KinesisConfig> kinesis = name.map(stream -> kinesis(stream, section));
    BufferLimits buffer = buffer(section.section("buffer"));
    section.finish();
    return new StreamConfig(kinesis, buffer);
  }

  private static KinesisConfig kinesis(String stream, Section section) {
    if (!stream.matches("[a-zA-Z0-9_.-]{1,128}")) {
      section
          .problems()
          .add(section.path("kinesis"), "is not a stream's name", stream, "Use [a-zA-Z0-9_.-].");
    }
    long kilobytes =
        section.number("record_kilobytes", 1, 10240, KinesisConfig.DEFAULT_RECORD_BYTES >> 10);
    return new KinesisConfig(stream, region(section), endpoint(section), (int) kilobytes << 10);
  }

  private static Optional<String> region(Section section) {
    Optional<String> text = section.text("region").filter(value -> !value.isEmpty());
    if (text.isPresent() && !text.get().matches("[a-z0-9-]{1,63}")) {
      section
          .problems()
          .add(section.path("region"), "is not a region", text.get(), "Write eu-west-1.");
    }
    return text;
  }

  private static Optional<URI> endpoint(Section section) {
    Optional<String> text = section.text("endpoint").filter(value -> !value.isEmpty());
    if (text.isPresent() && !text.get().matches("https?://[^\\s/]+/?")) {
      section
          .problems()
          .add(
              section.path("endpoint"),
              "is not an address",
              text.get(),
              "Write http://localhost:4566, or remove it for AWS.");
      return Optional.empty();
    }
    return text.map(URI::create);
  }

  private static BufferLimits buffer(Section buffer) {
    BufferLimits defaults = StreamConfig.DEFAULT_BUFFER;
    Duration age = buffer.duration("age", defaults.maxAge());
    long megabytes = buffer.number("megabytes", 1, 4096, defaults.maxBytes() >> 20);
    long files = buffer.number("files", 1, 10000, defaults.maxFiles());
    buffer.finish();
    return new BufferLimits(age, megabytes << 20, (int) files);
  }
}
