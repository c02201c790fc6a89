package dev.firn.cdc.capture;

import dev.firn.console.OperatorException;
import dev.firn.contract.raw.RawFolderWriter;
import dev.firn.pipeline.PipelineConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;

/** Opens what the configuration names as the way of the events. */
final class Outputs {

  private Outputs() {}

  static EventOutput open(PipelineConfig config) throws IOException {
    if (config.raw().contains("://")) {
      throw new OperatorException(
          "Cannot write raw files: stream: { direct: true } writes to a folder: " + config.raw(),
          "Name a folder as raw.");
    }
    return new RawOutput(
        new RawFolderWriter(
            Path.of(config.raw()),
            config.source().slot(),
            config.stream().buffer(),
            Clock.systemUTC()));
  }
}
