package dev.firn.cdc.output;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Records that travel in one PutRecords, and again those of them that were refused. */
final class PutBatch {

  /** Of one request (Kinesis API reference, PutRecords). */
  static final int MAX_RECORDS = 500;

  /** Of one request, partition keys included. */
  static final int MAX_BYTES = 5 << 20;

  private final long firstEvent;
  private final long begun = System.nanoTime();
  private List<PutRecordsRequestEntry> records = new ArrayList<>();
  private long bytes;
  private int failures;

  /**
   * @param firstEvent its number among all events of the output
   */
  PutBatch(long firstEvent) {
    this.firstEvent = firstEvent;
  }

  long firstEvent() {
    return firstEvent;
  }

  /** Value of {@link System#nanoTime()} when it was begun. */
  long begun() {
    return begun;
  }

  boolean takes(int recordBytes) {
    return records.size() < MAX_RECORDS && bytes + recordBytes <= MAX_BYTES;
  }

  void add(String partitionKey, byte[] line) {
    records.add(
        PutRecordsRequestEntry.builder()
            .partitionKey(partitionKey)
            .data(SdkBytes.fromByteArrayUnsafe(line))
            .build());
    bytes += line.length + partitionKey.length();
  }

  List<PutRecordsRequestEntry> records() {
    return records;
  }

  /** Of all records it began with. */
  long bytes() {
    return bytes;
  }

  /** Requests in a row that took nothing of it, or 1 when the last one took a part. */
  int failures() {
    return failures;
  }

  /**
   * @param taken records of it by the last request
   */
  void failed(int taken) {
    failures = taken > 0 ? 1 : failures + 1;
  }

  /**
   * Keeps what was refused: the answer has one entry a record, in their order.
   *
   * @return how many records were taken
   */
  int keepRefused(List<PutRecordsResultEntry> answers) {
    if (answers.size() != records.size()) {
      throw new IllegalStateException(
          "Cannot read answer of PutRecords: %s records were sent, and these answered: %s"
              .formatted(records.size(), answers.size()));
    }
    List<PutRecordsRequestEntry> refused = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i).errorCode() != null) {
        refused.add(records.get(i));
      }
    }
    int taken = records.size() - refused.size();
    records = refused;
    return taken;
  }
}
