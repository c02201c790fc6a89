package dev.firn.engine.ingest.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.engine.typing.ExactDecimal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads Debezium's values as written by Kafka Connect's JSON converter. */
final class ConnectValue {

  private ConnectValue() {}

  /**
   * @param type of the column, or of an array's elements
   * @param value not null
   */
  static Object read(DeclaredColumn column, ConnectType type, JsonNode value) {
    if (column.isArray()) {
      return list(column, type, value);
    }
    try {
      return switch (column.type()) {
        case "numeric" -> numeric(column, type, value);
        case "date", "time", "timestamp", "timestamptz" -> time(column, type, value);
        // The converter writes bytes as base64, which is also the form of a change event.
        case "bytea" -> bytes(column, value);
        default -> UntypedValue.read(column, value);
      };
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      throw UntypedValue.unfit(column, value);
    }
  }

  private static List<Object> list(DeclaredColumn column, ConnectType type, JsonNode value) {
    if (!value.isArray()) {
      throw UntypedValue.unfit(column, value);
    }
    List<Object> elements = new ArrayList<>();
    for (JsonNode element : value) {
      elements.add(element.isNull() ? null : read(column.element(), type, element));
    }
    return elements;
  }

  private static Object numeric(DeclaredColumn column, ConnectType type, JsonNode value) {
    if (value.isObject()) {
      JsonNode scale = value.path("scale");
      if (!scale.isIntegralNumber() || !scale.canConvertToInt()) {
        throw UntypedValue.unfit(column, value);
      }
      return unscaled(value.path("value").asText(), scale.intValue());
    }
    if (type.name().equals(ConnectType.DECIMAL) && value.isTextual()) {
      return unscaled(value.textValue(), type.scale());
    }
    if (type.name().equals(ConnectType.VARIABLE_DECIMAL) && value.isTextual()) {
      throw UntypedValue.unfit(column, value);
    }
    return UntypedValue.read(column, value);
  }

  private static String unscaled(String base64, int scale) {
    return ExactDecimal.plain(
        new BigDecimal(new BigInteger(Base64.getDecoder().decode(base64)), scale));
  }

  private static Object time(DeclaredColumn column, ConnectType type, JsonNode value) {
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      return UntypedValue.read(column, value);
    }
    long count = value.longValue();
    return switch (column.type()) {
      case "date" -> date(column, type, value);
      case "time" -> TimeText.timeOfDay(count, type.unit());
      case "timestamp" -> TimeText.local(count, type.unit());
      // Debezium writes a timestamptz as text: a number needs a schema that names its unit.
      default -> TimeText.zoned(count, type.unit());
    };
  }

  private static String date(DeclaredColumn column, ConnectType type, JsonNode days) {
    if (!type.isDate()) {
      throw UntypedValue.unfit(column, days);
    }
    return TimeText.date(days.longValue());
  }

  private static String bytes(DeclaredColumn column, JsonNode value) {
    if (!value.isTextual()) {
      throw UntypedValue.unfit(column, value);
    }
    return value.textValue();
  }
}
