package dev.firn.cdc.output;

import dev.firn.cdc.event.TableShape;
import dev.firn.contract.EventLine;
import dev.firn.contract.TableVersion;
import dev.firn.contract.fault.Failpoint;
import dev.firn.contract.raw.RawFolderWriter;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * Writes events directly to the raw folder, schema documents first. Events are durable once their
 * files are complete.
 */
final class RawOutput implements EventOutput {

  private final RawFolderWriter writer;
  private final WritingClock clock;
  private final Set<TableVersion> documented = new HashSet<>();
  private final OutputCounts counts = new OutputCounts();
  private TableShape lastShape;
  private long committed;
  private long safe;
  private long safeEvents;

  RawOutput(RawFolderWriter writer, WritingClock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public long writtenAt() {
    return clock.seconds();
  }

  @Override
  public void append(TableShape shape, EventLine event) throws IOException {
    if (shape != lastShape) {
      document(shape);
      lastShape = shape;
    }
    writer.append(event);
    counts.event(event.operation(), event.values().size());
  }

  @Override
  public void document(TableShape shape) throws IOException {
    if (documented.add(shape.version())) {
      writer.putSchema(shape.document());
    }
  }

  @Override
  public boolean hasRoom() {
    return true;
  }

  @Override
  public void awaitRoom(Duration atMost) {}

  @Override
  public void committed(long endLsn) {
    committed = endLsn;
    if (!writer.hasBuffered()) {
      safe = endLsn;
    }
  }

  @Override
  public void tick() throws IOException {
    if (writer.isFlushDue()) {
      drain(Duration.ZERO);
    }
  }

  @Override
  public long safe() {
    return safe;
  }

  @Override
  public long onTheWay() {
    return counts.events() - safeEvents;
  }

  @Override
  public boolean drain(Duration atMost) throws IOException {
    Failpoint.CAPTURE_PUT.pass();
    counts.files(writer.flush());
    Failpoint.CAPTURE_ACCEPTED.pass();
    safe = committed;
    safeEvents = counts.events();
    return true;
  }

  @Override
  public OutputCounts counts() {
    return counts;
  }

  @Override
  public void close() throws IOException {
    writer.close();
  }
}
