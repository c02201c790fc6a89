package dev.firn.delivery.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.TableToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * Determines the folder of a record as Firehose's dynamic partitioning does with the jq 1.6
 * expressions {@code .table} and {@code .event_timestamp|strftime(...)}. So the whole record must
 * be one JSON object; of two fields of one name the last counts; a time must be a number of
 * seconds, and its fraction is truncated; milliseconds are interpreted as seconds in a distant
 * year.
 *
 * <p>Unlike Firehose, which creates a folder for any text, it refuses a table that is not a {@link
 * TableToken}: no reader would look for it, and it could point outside the raw zone.
 */
public final class RecordRouter {

  private static final String TABLE = "table";
  private static final String EVENT_TIMESTAMP = "event_timestamp";
  private static final String NO_JSON = "Non JSON record provided";
  private static final String NO_KEY = "partitionKeys values must not be null or empty";

  /** A record is 10 MiB at most, and this only walks over its values. */
  private static final int LONGEST_VALUE = 10 << 20;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(LONGEST_VALUE)
                  .maxNumberLength(LONGEST_VALUE)
                  .build())
          .build();

  /** Never throws because of the content of a record. */
  public Route route(byte[] record) {
    try (JsonParser json = JSON.createParser(record)) {
      return new Route.Folder(folder(json));
    } catch (RefusedException e) {
      return new Route.Refused(Refusal.extraction(e.getMessage()));
    } catch (StreamConstraintsException e) {
      return new Route.Refused(Refusal.extraction(MalformedRecordException.ofJson(e).getMessage()));
    } catch (JsonProcessingException e) {
      return new Route.Refused(Refusal.extraction(NO_JSON));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read a record in memory", e);
    }
  }

  private static String folder(JsonParser json) throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new RefusedException(NO_JSON);
    }
    Keys keys = new Keys();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      keys.read(json);
    }
    if (json.nextToken() != null) {
      throw new RefusedException(NO_JSON);
    }
    return keys.table() + "/" + hour(keys.seconds());
  }

  // Not RawPath's format: strftime's %Y has five digits when milliseconds are read as seconds.
  private static String hour(double seconds) {
    try {
      OffsetDateTime time = Instant.ofEpochSecond((long) seconds).atOffset(ZoneOffset.UTC);
      return String.format(
          Locale.ROOT,
          "year=%04d/month=%02d/day=%02d/hour=%02d",
          time.getYear(),
          time.getMonthValue(),
          time.getDayOfMonth(),
          time.getHour());
    } catch (DateTimeException e) {
      throw new RefusedException("error converting number of seconds since epoch to datetime");
    }
  }

  /** The partitioning fields of the record. */
  private static final class Keys {

    private String table;
    private JsonToken tableToken;
    private JsonToken timeToken;
    private double time;

    /** The parser is at the name of a field; afterwards it is at the end of its value. */
    void read(JsonParser json) throws IOException {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (name.equals(TABLE)) {
        tableToken = value;
        table = value == JsonToken.VALUE_STRING ? json.getText() : "";
      } else if (name.equals(EVENT_TIMESTAMP)) {
        timeToken = value;
        time = value != null && value.isNumeric() ? json.getDoubleValue() : 0;
      }
      json.skipChildren();
    }

    String table() {
      if (tableToken == null || tableToken == JsonToken.VALUE_NULL) {
        throw new RefusedException(NO_KEY);
      }
      if (!TableToken.isValid(table)) {
        throw new RefusedException(
            String.format(Locale.ROOT, "table is not a folder's name: %.100s", table));
      }
      return table;
    }

    double seconds() {
      if (timeToken == null || !timeToken.isNumeric()) {
        throw new RefusedException("strftime/1 requires parsed datetime inputs");
      }
      return time;
    }
  }

  private static final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
      super(reason, null, false, false);
    }
  }
}
