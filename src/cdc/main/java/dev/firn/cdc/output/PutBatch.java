package dev.firn.cdc.output;

import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/** Records sent in one PutRecords request; the refused ones are sent again. */
final class PutBatch {

  /** Limit of one request (Kinesis API reference, PutRecords). */
  static final int MAX_RECORDS = 500;

  /** Limit of one request, including partition keys. */
  static final int MAX_BYTES = 5 << 20;

  private final long firstEvent;
  private final long begun = System.nanoTime();
  private List<PutRecordsRequestEntry> records = new ArrayList<>();
  private long bytes;
  private int failures;

  /**
   * @param firstEvent the number of its first event among all events of the output
   */
  PutBatch(long firstEvent) {
    this.firstEvent = firstEvent;
  }

  long firstEvent() {
    return firstEvent;
  }

  /** The value of {@link System#nanoTime()} when the batch was started. */
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

  /** Bytes of all records before any was accepted. */
  long bytes() {
    return bytes;
  }

  /**
   * Consecutive requests of which no record was accepted; 1 if the last one was accepted in part.
   */
  int failures() {
    return failures;
  }

  /**
   * @param taken how many records the stream accepted of the last request
   */
  void failed(int taken) {
    failures = taken > 0 ? 1 : failures + 1;
  }

  /**
   * Keeps the refused records: the response has one entry per record, in the same order.
   *
   * @return how many records were accepted
   */
  int keepRefused(List<PutRecordsResultEntry> answers) {
    if (answers.size() != records.size()) {
      throw new IllegalStateException(
          "Cannot read the response of PutRecords: %s records were sent, but it has entries for %s"
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
