package dev.firn.contract;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How far a producer sent changes. It is stored next to them in the raw zone and not in the source,
 * because a restore or failover can take the source back in time: {@code
 * raw/_schema/sent-<slot>.json}. Positions are LSNs of that epoch.
 *
 * @param system identifier of the PostgreSQL cluster
 * @param timeline of the cluster that the LSNs are of
 * @param sent changes up to this LSN were sent
 * @param limit no change beyond it was sent; above {@code sent} while the producer runs, or when it
 *     was killed
 */
public record SentRecord(String system, int timeline, int epoch, long sent, long limit) {

  private static final String SYSTEM = "system";
  private static final String TIMELINE = "timeline";
  private static final String SENT = "sent";
  private static final String LIMIT = "limit";

  public SentRecord {
    Objects.requireNonNull(system, "system");
    if (timeline < 0 || epoch < 0 || sent < 0 || limit < sent) {
      throw new IllegalArgumentException(
          "Cannot use record of what was sent: its limit is below what was sent, or a number is"
              + " negative: timeline %s, epoch %s, sent %s, limit %s"
                  .formatted(timeline, epoch, sent, limit));
    }
  }

  public String toJson() {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = Json.FACTORY.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField(SYSTEM, system);
      json.writeNumberField(TIMELINE, timeline);
      json.writeNumberField(Fields.EPOCH, epoch);
      json.writeNumberField(SENT, sent);
      json.writeNumberField(LIMIT, limit);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write record of what was sent", e);
    }
    return out.toString();
  }

  /**
   * @throws MalformedRecordException when the text is not such a record
   */
  public static SentRecord parse(String text) {
    try (JsonParser json = Json.FACTORY.createParser(text)) {
      json.nextToken();
      Json.expect(json, JsonToken.START_OBJECT);
      String system = null;
      Map<String, Long> numbers = new HashMap<>();
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String field = json.currentName();
        json.nextToken();
        switch (field) {
          case SYSTEM -> system = Json.readString(json);
          case TIMELINE, Fields.EPOCH, SENT, LIMIT -> numbers.put(field, Json.readLong(json));
          default -> json.skipChildren();
        }
      }
      return new SentRecord(
          system,
          Math.toIntExact(number(numbers, TIMELINE)),
          Math.toIntExact(number(numbers, Fields.EPOCH)),
          number(numbers, SENT),
          number(numbers, LIMIT));
    } catch (IOException | RuntimeException e) {
      throw new MalformedRecordException("not a record of what was sent: " + e.getMessage(), e);
    }
  }

  private static long number(Map<String, Long> numbers, String field) {
    Long number = numbers.get(field);
    if (number == null) {
      throw new IllegalArgumentException("a field is missing: " + field);
    }
    return number;
  }
}
