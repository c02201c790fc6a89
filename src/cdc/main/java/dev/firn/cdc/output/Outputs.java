package dev.firn.cdc.output;

import dev.firn.aws.KinesisClients;
import dev.firn.aws.RawStores;
import dev.firn.console.OperatorException;
import dev.firn.contract.Clocks;
import dev.firn.contract.raw.RawFolderWriter;
import dev.firn.contract.raw.RawStore;
import dev.firn.pipeline.KinesisConfig;
import dev.firn.pipeline.PipelineConfig;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Opens what the configuration names as the way of the events, one output for each thread. */
public interface Outputs extends Closeable {

  /** A new one; the caller closes it, before this. */
  EventOutput open() throws IOException;

  @Override
  void close() throws IOException;

  static Outputs of(PipelineConfig config) throws IOException {
    return config.stream().kinesis().isPresent()
        ? kinesis(config, config.stream().kinesis().get())
        : folder(config);
  }

  private static Outputs folder(PipelineConfig config) throws IOException {
    if (config.raw().contains("://")) {
      throw new OperatorException(
          "Cannot write raw files: stream: { direct: true } writes to a folder: " + config.raw(),
          "Name a folder as raw, or a stream as stream.kinesis.");
    }
    RawFolderWriter first =
        new RawFolderWriter(
            Path.of(config.raw()), config.source().slot(), config.stream().buffer(), Clocks.SYSTEM);
    return new Outputs() {
      @Override
      public EventOutput open() {
        return new RawOutput(first.sibling());
      }

      @Override
      public void close() throws IOException {
        first.close();
      }
    };
  }

  private static Outputs kinesis(PipelineConfig config, KinesisConfig stream) throws IOException {
    RawStore raw = RawStores.open(config);
    StreamWriter writer = StreamWriter.open(KinesisClients.open(stream), stream.stream());
    return new Outputs() {
      @Override
      public EventOutput open() {
        return new KinesisOutput(
            writer, new RawLeftovers(raw, config.source().slot()), stream.recordBytes());
      }

      @Override
      public void close() throws IOException {
        writer.close();
        raw.close();
      }
    };
  }
}
