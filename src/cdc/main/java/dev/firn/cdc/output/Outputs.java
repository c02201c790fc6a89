package dev.firn.cdc.output;

import dev.firn.aws.KinesisClients;
import dev.firn.aws.RawStores;
import dev.firn.console.OperatorException;
import dev.firn.contract.Clocks;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.raw.FolderStore;
import dev.firn.contract.raw.RawFolderWriter;
import dev.firn.contract.raw.RawPath;
import dev.firn.contract.raw.RawStore;
import dev.firn.pipeline.KinesisConfig;
import dev.firn.pipeline.PipelineConfig;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Opens the outputs that the configuration selects, one for each thread. */
public interface Outputs extends Closeable {

  /** Opens a new output; the caller closes it before it closes this. */
  EventOutput open() throws IOException;

  /** Writes the record of a complete copy to the raw zone; it is durable when this returns. */
  void record(SnapshotRecord copy) throws IOException;

  /** The raw zone in which the events are finally stored. */
  RawStore raw();

  @Override
  void close() throws IOException;

  /**
   * @param clock gives the write time of events
   */
  static Outputs of(PipelineConfig config, WritingClock clock) throws IOException {
    return config.stream().kinesis().isPresent()
        ? kinesis(config, config.stream().kinesis().get(), clock)
        : folder(config, clock);
  }

  private static Outputs folder(PipelineConfig config, WritingClock clock) throws IOException {
    if (config.raw().contains("://")) {
      throw new OperatorException(
          "Cannot write raw files: stream: { direct: true } needs a folder: " + config.raw(),
          "Set raw to a folder, or set stream.kinesis to a stream.");
    }
    RawFolderWriter first =
        new RawFolderWriter(
            Path.of(config.raw()), config.source().slot(), config.stream().buffer(), Clocks.SYSTEM);
    RawStore raw = new FolderStore(Path.of(config.raw()));
    return new Outputs() {
      @Override
      public EventOutput open() {
        return new RawOutput(first.sibling(), clock);
      }

      @Override
      public void record(SnapshotRecord copy) throws IOException {
        put(raw, copy);
      }

      @Override
      public RawStore raw() {
        return raw;
      }

      @Override
      public void close() throws IOException {
        first.close();
      }
    };
  }

  private static Outputs kinesis(PipelineConfig config, KinesisConfig stream, WritingClock clock)
      throws IOException {
    RawStore raw = RawStores.open(config);
    StreamWriter writer = StreamWriter.open(KinesisClients.open(stream), stream.stream());
    return new Outputs() {
      @Override
      public EventOutput open() {
        return new KinesisOutput(
            writer, new RawLeftovers(raw, config.source().slot()), stream.recordBytes(), clock);
      }

      @Override
      public void record(SnapshotRecord copy) throws IOException {
        put(raw, copy);
      }

      @Override
      public RawStore raw() {
        return raw;
      }

      @Override
      public void close() throws IOException {
        writer.close();
        raw.close();
      }
    };
  }

  private static void put(RawStore raw, SnapshotRecord copy) throws IOException {
    raw.put(RawPath.snapshotRecord(copy), copy.toJson().getBytes(StandardCharsets.UTF_8));
  }
}
