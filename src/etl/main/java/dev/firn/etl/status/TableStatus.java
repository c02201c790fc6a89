package dev.firn.etl.status;

import dev.firn.contract.TableToken;
import dev.firn.engine.attention.RawAttention;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * How far one table is.
 *
 * @param lastBatch empty when it was never merged
 * @param filesDue raw files that no batch has read
 * @param quarantined records that wait for somebody to mend their cause
 * @param raw what of its raw files somebody has to look at
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
   * @param summary of its snapshot
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
