package dev.firn.testing.kinesis;

/**
 * What one PutRecords may hold (Kinesis API reference, PutRecords).
 *
 * @param records of a request
 * @param recordBytes of a record, data and partition key
 * @param requestBytes of all records of a request
 */
public record KinesisLimits(int records, int recordBytes, int requestBytes) {

  /** The limits of a stream by default. */
  public static final KinesisLimits STANDARD = new KinesisLimits(500, 1 << 20, 5 << 20);

  /** What a stream takes that is configured for large records. */
  public static final KinesisLimits LARGE = new KinesisLimits(500, 10 << 20, 10 << 20);
}
