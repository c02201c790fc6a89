package dev.firn.engine.progress;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The name of a batch: the time of its plan and eight unique digits. It is valid in the name of a
 * branch or file, and as an SQL identifier.
 */
public record BatchId(String value) {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd't'HHmmss'z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public static BatchId planned(Instant at) {
    return new BatchId(TIME.format(at) + "_" + UUID.randomUUID().toString().substring(0, 8));
  }

  /** The time when a batch was planned; empty for a text that is not the name of a batch. */
  public static Optional<Instant> plannedAt(String value) {
    try {
      return Optional.of(
          Instant.from(TIME.parse(value.substring(0, Math.max(0, value.indexOf('_'))))));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value;
  }
}
