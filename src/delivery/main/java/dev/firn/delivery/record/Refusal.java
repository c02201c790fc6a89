package dev.firn.delivery.record;

/**
 * Why a record goes to the error prefix, in Firehose's words as far as they are documented.
 *
 * @param type names the folder below the error prefix: {@code !{firehose:error-output-type}}
 */
public record Refusal(String type, String code, String message) {

  private static final String EXTRACTION = "metadata-extraction-failed";
  private static final String EXTRACTION_CODE = "DynamicPartitioning.MetadataExtractionFailed";

  /** The partition keys could not be extracted from the record. */
  static Refusal extraction(String message) {
    return new Refusal(EXTRACTION, EXTRACTION_CODE, message);
  }

  /**
   * One partition too many is active. Firehose documents the metric of this name; the names of the
   * code and the folder are derived from it.
   */
  public static Refusal partitionCount(int partitions) {
    return new Refusal(
        "partition-count-exceeded",
        "DynamicPartitioning.PartitionCountExceeded",
        "More partitions are active than the limit: " + partitions);
  }
}
