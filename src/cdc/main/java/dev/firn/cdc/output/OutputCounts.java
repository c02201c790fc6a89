package dev.firn.cdc.output;

import dev.firn.contract.Operation;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The counts of an output. One thread counts events; any thread may count requests. */
public final class OutputCounts {

  private final Map<Operation, Count> events = new EnumMap<>(Operation.class);
  private long total;
  private long bytes;
  private long files;
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong sentAgain = new AtomicLong();
  private long oversize;

  void event(Operation operation, long size) {
    add(operation, 1);
    total++;
    bytes += size;
  }

  void files(long number) {
    files += number;
  }

  void sent() {
    requests.incrementAndGet();
  }

  void sentAgain(long records) {
    sentAgain.addAndGet(records);
  }

  void tooLong() {
    oversize++;
  }

  public long events() {
    return total;
  }

  public long events(Operation operation) {
    return events.containsKey(operation) ? events.get(operation).value : 0;
  }

  /** Bytes of the events, uncompressed. */
  public long bytes() {
    return bytes;
  }

  /** Files written to the raw zone. */
  public long files() {
    return files;
  }

  /** Requests to the stream. */
  public long requests() {
    return requests.get();
  }

  /** Records sent again because the stream refused them. */
  public long sentAgain() {
    return sentAgain.get();
  }

  /** Events too long for the stream, which were written directly to the raw zone. */
  public long oversize() {
    return oversize;
  }

  public void add(OutputCounts other) {
    other.events.forEach((operation, count) -> add(operation, count.value));
    total += other.total;
    bytes += other.bytes;
    files += other.files;
    requests.addAndGet(other.requests.get());
    sentAgain.addAndGet(other.sentAgain.get());
    oversize += other.oversize;
  }

  private void add(Operation operation, long number) {
    Count count = events.get(operation);
    if (count == null) {
      count = new Count();
      events.put(operation, count);
    }
    count.value += number;
  }

  /** A number that is counted up in place. */
  private static final class Count {
    private long value;
  }
}
