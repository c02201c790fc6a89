package dev.firn.delivery.run;

import dev.firn.delivery.write.Counts;
import java.time.Duration;
import java.util.Locale;

/** What a run of the delivery did. */
public record DeliveryReport(Counts counts, Duration duration) {

  @Override
  public String toString() {
    double seconds = Math.max(0.001, duration.toMillis() / 1000.0);
    return String.format(
        Locale.ROOT,
        "deliver: %,d records, %,d bytes, %,d files, %,d errors, %.1f s, %,.0f records/s",
        counts.records(),
        counts.bytes(),
        counts.files(),
        counts.errors(),
        seconds,
        counts.records() / seconds);
  }
}
