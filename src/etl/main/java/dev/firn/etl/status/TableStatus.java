package dev.firn.etl.status;

import dev.firn.contract.TableToken;
import dev.firn.engine.attention.RawAttention;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The progress of one table.
 *
 * @param lastBatch empty when the table was never merged
 * @param filesDue raw files that no batch has read
 * @param quarantined records that wait until their cause is fixed
 * @param raw findings about its raw files that need the operator
 */
record TableStatus(
    TableToken table,
    Optional<LastBatch> lastBatch,
    long filesDue,
    long quarantined,
    RawAttention raw) {

  /**
   * The newest batch in the table.
   *
   * @param summary the summary of its snapshot
   */
  record LastBatch(String id, Instant committedAt, Map<String, String> summary) {

    LastBatch {
      summary = Map.copyOf(summary);
    }

    long count(String key) {
      return Long.parseLong(summary.getOrDefault(key, "0"));
    }

    String text(String key) {
      return summary.getOrDefault(key, "");
    }
  }
}
