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
 * Tables whose newest commit lies in the future, because a clock ran ahead when it was made, or
 * runs behind now. Iceberg refuses every commit that is more than a minute older than the one
 * before it ("Invalid update timestamp"), so that nothing could be written until the clock has
 * caught up. Nothing but the times in the table's history is in the way: those that lie in the
 * future become now, in a commit of their own. Snapshots stay as they are.
 */
public final class FutureCommits {

  /** Clocks of several machines differ; Iceberg bears a minute. */
  private static final Duration BORNE = Duration.ofSeconds(30);

  private static final String TIME = "timestamp-ms";
  private static final String UPDATED = "last-updated-ms";
  private static final ObjectMapper JSON = new ObjectMapper();

  private FutureCommits() {}

  /** The table, as one that can be committed to now. */
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
      // Another run was faster, and has done the same or waits for us to see it.
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
