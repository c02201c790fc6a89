package dev.firn.delivery.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * A line of a file below the error prefix, of the shape that Firehose documents for failed records:
 * what went wrong, when, and the record itself in base64. Times are milliseconds of the epoch.
 */
public final class ErrorRecord {

  private static final JsonFactory JSON = new JsonFactory();

  private ErrorRecord() {}

  /** The line, ended by a newline. */
  public static byte[] line(StreamRecord record, Refusal refusal, Instant now) {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(line)) {
      json.writeStartObject();
      json.writeNumberField("attemptsMade", 1);
      json.writeNumberField("arrivalTimestamp", record.arrival().toEpochMilli());
      json.writeStringField("errorCode", refusal.code());
      json.writeStringField("errorMessage", refusal.message());
      json.writeNumberField("attemptEndingTimestamp", now.toEpochMilli());
      json.writeBinaryField("rawData", record.data());
      json.writeEndObject();
      json.writeRaw('\n');
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
    return line.toByteArray();
  }

  /** The folder of such lines: by the kind of error and the hour of arrival. */
  public static String folder(StreamRecord record, Refusal refusal) {
    OffsetDateTime arrival = record.arrival().atOffset(ZoneOffset.UTC);
    return String.format(
        Locale.ROOT,
        "error/%s/year=%04d/month=%02d/day=%02d/hour=%02d",
        refusal.type(),
        arrival.getYear(),
        arrival.getMonthValue(),
        arrival.getDayOfMonth(),
        arrival.getHour());
  }
}
