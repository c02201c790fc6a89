package dev.firn.cdc.capture;

import dev.firn.contract.Operation;
import java.util.EnumMap;
import java.util.Map;

/** What went into an output, in numbers. Not safe for use by several threads. */
final class OutputCounts {

  private final Map<Operation, Long> events = new EnumMap<>(Operation.class);
  private long total;
  private long bytes;
  private long files;
  private long requests;
  private long sentAgain;
  private long oversize;

  void event(Operation operation, long size) {
    events.merge(operation, 1L, Long::sum);
    total++;
    bytes += size;
  }

  void files(long number) {
    files += number;
  }

  void sent() {
    requests++;
  }

  void sentAgain(long records) {
    sentAgain += records;
  }

  void tooLong() {
    oversize++;
  }

  long events() {
    return total;
  }

  long events(Operation operation) {
    return events.getOrDefault(operation, 0L);
  }

  /** Of the events, uncompressed. */
  long bytes() {
    return bytes;
  }

  /** That were written to the raw zone. */
  long files() {
    return files;
  }

  /** To the stream. */
  long requests() {
    return requests;
  }

  /** Records that the stream had refused. */
  long sentAgain() {
    return sentAgain;
  }

  /** Events too long for the stream, which went straight to the raw zone. */
  long oversize() {
    return oversize;
  }

  void add(OutputCounts other) {
    other.events.forEach((operation, number) -> events.merge(operation, number, Long::sum));
    total += other.total;
    bytes += other.bytes;
    files += other.files;
    requests += other.requests;
    sentAgain += other.sentAgain;
    oversize += other.oversize;
  }
}
