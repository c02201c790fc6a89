package dev.firn.engine.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.apache.iceberg.HasTableOperations;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.exceptions.CommitFailedException;

/**
 * Repairs tables whose newest commit lies in the future, because a clock was fast when it was made,
 * or is slow now. Iceberg rejects every commit that is more than a minute older than the previous
 * one ("Invalid update timestamp"), so nothing could be written until the clock catches up. Only
 * the times in the table's history cause this: a separate commit sets future times to now.
 * Snapshots stay unchanged.
 */
public final class FutureCommits {

  /** Clocks of several machines differ; Iceberg tolerates a minute. */
  private static final Duration BORNE = Duration.ofSeconds(30);

  private static final String TIME = "timestamp-ms";
  private static final String UPDATED = "last-updated-ms";
  private static final ObjectMapper JSON = new ObjectMapper();

  private FutureCommits() {}

  /** Repairs the table if needed, so that it accepts commits now, and returns it. */
  public static Table settled(Table table) {
    settle(table);
    return table;
  }

  private static void settle(Table table) {
    TableOperations operations = ((HasTableOperations) table).operations();
    TableMetadata base = operations.current();
    long now = Instant.now().toEpochMilli();
    if (base.lastUpdatedMillis() - now <= BORNE.toMillis()) {
      return;
    }
    try {
      operations.commit(base, settled(base, now));
    } catch (CommitFailedException e) {
      // Another run committed first: it has made the same repair, or the next attempt sees its
      // commit.
    }
    table.refresh();
  }

  private static TableMetadata settled(TableMetadata base, long now) {
    try {
      ObjectNode metadata = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(base));
      ArrayNode log = metadata.withArray("metadata-log");
      log.addObject()
          .put(TIME, base.lastUpdatedMillis())
          .put("metadata-file", base.metadataFileLocation());
      log.forEach(entry -> settle(entry, TIME, now));
      metadata.withArray("snapshot-log").forEach(entry -> settle(entry, TIME, now));
      settle(metadata, UPDATED, now);
      return TableMetadataParser.fromJson(JSON.writeValueAsString(metadata));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot read metadata of table " + base.location(), e);
    }
  }

  private static void settle(JsonNode node, String field, long now) {
    ((ObjectNode) node).put(field, Math.min(node.get(field).longValue(), now));
  }
}
