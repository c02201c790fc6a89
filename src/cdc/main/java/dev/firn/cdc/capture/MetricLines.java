package dev.firn.cdc.capture;

import dev.firn.cdc.output.OutputCounts;
import dev.firn.contract.Clocks;
import dev.firn.contract.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes the metrics of a capture once a minute, in lines that CloudWatch turns into metrics
 * (CloudWatch embedded metric format): namespace Firn, dimension Slot. Counts cover the time since
 * the previous line.
 */
final class MetricLines {

  private static final Duration INTERVAL = Duration.ofMinutes(1);

  /** The metrics in the order of the line, with their units. */
  private static final Map<String, String> UNITS = new LinkedHashMap<>();

  static {
    UNITS.put("Events", "Count");
    UNITS.put("EventBytes", "Bytes");
    UNITS.put("Requests", "Count");
    UNITS.put("RecordsRetried", "Count");
    UNITS.put("OversizeEvents", "Count");
    UNITS.put("EventsInFlight", "Count");
    UNITS.put("BytesBehind", "Bytes");
    UNITS.put("SecondsBehind", "Seconds");
    UNITS.put("TablesInTrouble", "Count");
  }

  private final String slot;
  private final Consumer<String> lines;
  private final Clocks clocks;
  private long toldAt;
  private Map<String, Long> before = Map.of();

  /**
   * @param lines receives each line, without its line end
   */
  MetricLines(String slot, Consumer<String> lines) {
    this(slot, lines, Clocks.SYSTEM);
  }

  MetricLines(String slot, Consumer<String> lines, Clocks clocks) {
    this.slot = slot;
    this.lines = lines;
    this.clocks = clocks;
    this.toldAt = clocks.tick();
  }

  /** Counts start from zero: a new attempt begins after a broken connection. */
  void restart() {
    before = Map.of();
  }

  /** To be called often. */
  void tick(CaptureStatus status) {
    if (isDue()) {
      tell(status);
    }
  }

  boolean isDue() {
    return clocks.hasPassed(INTERVAL, toldAt);
  }

  /** Writes a line now, as at the end of a run. */
  void tell(CaptureStatus status) {
    toldAt = clocks.tick();
    Map<String, Long> counts = counts(status.counts());
    Map<String, Long> values = new LinkedHashMap<>();
    counts.forEach((name, count) -> values.put(name, count - before.getOrDefault(name, 0L)));
    values.put("EventsInFlight", status.onTheWay());
    values.put("BytesBehind", status.bytesBehind());
    values.put("SecondsBehind", status.secondsBehind());
    values.put("TablesInTrouble", status.troubled());
    before = counts;
    lines.accept(line(values));
  }

  private static Map<String, Long> counts(OutputCounts counts) {
    Map<String, Long> values = new LinkedHashMap<>();
    values.put("Events", counts.events());
    values.put("EventBytes", counts.bytes());
    values.put("Requests", counts.requests());
    values.put("RecordsRetried", counts.sentAgain());
    values.put("OversizeEvents", counts.oversize());
    return values;
  }

  private String line(Map<String, Long> values) {
    JsonBytes json = new JsonBytes();
    json.startObject();
    field(json, "_aws");
    json.startObject();
    field(json, "Timestamp");
    json.number(clocks.wall().millis());
    field(json, "CloudWatchMetrics");
    json.startArray();
    directive(json);
    json.endArray();
    json.endObject();
    text(json, "Slot", slot);
    values.forEach(
        (name, value) -> {
          field(json, name);
          json.number(value);
        });
    json.endObject();
    return new String(json.toByteArray(), StandardCharsets.UTF_8);
  }

  private static void directive(JsonBytes json) {
    json.startObject();
    text(json, "Namespace", "Firn");
    field(json, "Dimensions");
    json.startArray();
    json.startArray();
    json.string("Slot");
    json.endArray();
    json.endArray();
    field(json, "Metrics");
    json.startArray();
    UNITS.forEach(
        (name, unit) -> {
          json.element();
          json.startObject();
          text(json, "Name", name);
          text(json, "Unit", unit);
          json.endObject();
        });
    json.endArray();
    json.endObject();
  }

  private static void text(JsonBytes json, String name, String text) {
    field(json, name);
    json.string(text);
  }

  private static void field(JsonBytes json, String name) {
    json.field(JsonBytes.fieldName(name));
  }
}
