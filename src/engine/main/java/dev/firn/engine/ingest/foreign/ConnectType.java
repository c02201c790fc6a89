package dev.firn.engine.ingest.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.pipeline.ForeignFormat.Decimals;
import dev.firn.pipeline.ForeignFormat.Times;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The meaning of a Kafka Connect value: the name of its schema, if it has one.
 *
 * @param name of the logical type; empty for a plain value
 * @param scale of a decimal
 */
record ConnectType(String name, int scale) {

  private static final String CONNECT = "org.apache.kafka.connect.data.";
  private static final String DEBEZIUM = "io.debezium.time.";

  static final String DECIMAL = CONNECT + "Decimal";
  static final String VARIABLE_DECIMAL = "io.debezium.data.VariableScaleDecimal";
  static final String DATE = DEBEZIUM + "Date";

  private static final String TIMESTAMP = DEBEZIUM + "Timestamp";
  private static final String MICRO_TIMESTAMP = DEBEZIUM + "MicroTimestamp";
  private static final String TIME = DEBEZIUM + "Time";
  private static final String MICRO_TIME = DEBEZIUM + "MicroTime";
  private static final ConnectType PLAIN = new ConnectType("", 0);

  /** Up to this many digits of a second Debezium's adaptive modes count milliseconds. */
  private static final int MILLISECOND_DIGITS = 3;

  private static final int MICROSECOND_DIGITS = 6;

  /**
   * The time unit of a number.
   *
   * @throws IllegalArgumentException when this type is not a number of time units; the unit is
   *     never guessed
   */
  TimeUnit unit() {
    return switch (name) {
      case TIMESTAMP, TIME, CONNECT + "Timestamp", CONNECT + "Time" -> TimeUnit.MILLISECONDS;
      case MICRO_TIMESTAMP, MICRO_TIME -> TimeUnit.MICROSECONDS;
      case DEBEZIUM + "NanoTimestamp", DEBEZIUM + "NanoTime" -> TimeUnit.NANOSECONDS;
      default ->
          throw new IllegalArgumentException(
              "Cannot convert a number to a time: its type has no unit: " + name);
    };
  }

  boolean isDate() {
    return name.equals(DATE) || name.equals(CONNECT + "Date");
  }

  /** The types of a row's columns, by name, from the schema block of a record. */
  static Map<String, ConnectType> ofRow(JsonNode schema) {
    Map<String, ConnectType> types = new HashMap<>();
    for (JsonNode image : schema.path("fields")) {
      if (image.path("field").asText().equals("after")) {
        image
            .path("fields")
            .forEach(field -> types.put(field.path("field").asText(), ofField(field)));
      }
    }
    return types;
  }

  private static ConnectType ofField(JsonNode field) {
    JsonNode type = field.path("type").asText().equals("array") ? field.path("items") : field;
    return new ConnectType(
        type.path("name").asText(""), type.path("parameters").path("scale").asInt());
  }

  /** The type that a value has in a record without a schema block. */
  static ConnectType assumed(DeclaredColumn column, Decimals decimals, Times times) {
    String type = column.isArray() ? column.element().type() : column.type();
    boolean millis =
        times == Times.CONNECT || column.scale(MICROSECOND_DIGITS) <= MILLISECOND_DIGITS;
    return switch (type) {
      case "date" -> new ConnectType(DATE, 0);
      case "timestamp" -> new ConnectType(millis ? TIMESTAMP : MICRO_TIMESTAMP, 0);
      case "time" ->
          new ConnectType(
              millis && times != Times.ADAPTIVE_TIME_MICROSECONDS ? TIME : MICRO_TIME, 0);
      case "numeric" -> decimals == Decimals.STRING ? PLAIN : decimal(column);
      default -> PLAIN;
    };
  }

  private static ConnectType decimal(DeclaredColumn column) {
    return switch (column.modifiers().size()) {
      case 0 -> new ConnectType(VARIABLE_DECIMAL, 0);
      case 1 -> new ConnectType(DECIMAL, 0);
      default -> new ConnectType(DECIMAL, column.scale(0));
    };
  }
}
