package dev.firn.cdc.capture;

import dev.firn.cdc.event.EventSink;
import dev.firn.cdc.event.TableShape;
import dev.firn.console.OperatorException;
import dev.firn.contract.ChangeEvent;
import dev.firn.contract.Operation;
import dev.firn.contract.TableVersion;
import dev.firn.contract.raw.RawFolderWriter;
import dev.firn.pipeline.PipelineConfig;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Writes events straight to the raw folder, schema documents first, and counts them. */
final class RawOutput implements EventSink, Closeable {

  private final RawFolderWriter writer;
  private final Set<TableVersion> documented = new HashSet<>();
  private final Map<Operation, Long> counts = new EnumMap<>(Operation.class);
  private long events;
  private long files;

  private RawOutput(RawFolderWriter writer) {
    this.writer = writer;
  }

  static RawOutput open(PipelineConfig config) throws IOException {
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

  @Override
  public void append(TableShape shape, ChangeEvent event) throws IOException {
    if (documented.add(shape.version())) {
      writer.putSchema(shape.document());
    }
    writer.append(event);
    counts.merge(event.operation(), 1L, Long::sum);
    events++;
  }

  boolean isFlushDue() {
    return writer.isFlushDue();
  }

  boolean hasBuffered() {
    return writer.hasBuffered();
  }

  void flush() throws IOException {
    files += writer.flush();
  }

  long events() {
    return events;
  }

  long events(Operation operation) {
    return counts.getOrDefault(operation, 0L);
  }

  long files() {
    return files;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
