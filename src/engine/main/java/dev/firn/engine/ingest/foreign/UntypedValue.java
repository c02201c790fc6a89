package dev.firn.engine.ingest.foreign;

import com.fasterxml.jackson.databind.JsonNode;
import dev.firn.contract.MalformedRecordException;
import dev.firn.engine.typing.ExactDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * Reads values written as plain JSON values, or as PostgreSQL's text, as wal2json and DMS do. The
 * declared type defines the meaning of a value; a value that cannot be read is rejected, never
 * guessed.
 */
final class UntypedValue {

  private UntypedValue() {}

  /**
   * @param value not null
   */
  static Object read(DeclaredColumn column, JsonNode value) {
    if (column.isArray()) {
      return list(column, value);
    }
    try {
      return switch (column.type()) {
        case "bool" -> bool(column, value);
        case "int2", "int4", "int8", "oid" -> integer(column, value);
        case "float4", "float8" -> floating(column, value);
        case "numeric" -> numeric(column, value);
        case "timestamp" -> TimeText.local(text(column, value));
        case "timestamptz" -> TimeText.zoned(text(column, value));
        case "bytea" -> bytes(text(column, value));
        case "json", "jsonb" -> value.isTextual() ? value.textValue() : value.toString();
        default -> text(column, value);
      };
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw unfit(column, value);
    }
  }

  static MalformedRecordException unfit(DeclaredColumn column, JsonNode value) {
    String text = value.toString();
    return new MalformedRecordException(
        "column %s: the value cannot be read as %s: %s"
            .formatted(
                column.name(),
                column.type(),
                text.length() > 100 ? text.substring(0, 100) + "…" : text));
  }

  private static List<Object> list(DeclaredColumn column, JsonNode value) {
    if (!value.isArray()) {
      throw unfit(column, value);
    }
    List<Object> elements = new ArrayList<>();
    for (JsonNode element : value) {
      elements.add(element.isNull() ? null : read(column.element(), element));
    }
    return elements;
  }

  private static String text(DeclaredColumn column, JsonNode value) {
    // Some versions of Jackson read a number beyond the range of a double as infinite: no producer
    // wrote that.
    boolean infinite = value.isDouble() && Double.isInfinite(value.doubleValue());
    if (value.isTextual() || (value.isNumber() && !infinite)) {
      return value.asText();
    }
    throw unfit(column, value);
  }

  private static Boolean bool(DeclaredColumn column, JsonNode value) {
    if (value.isBoolean()) {
      return value.booleanValue();
    }
    return switch (text(column, value)) {
      case "t", "true", "1" -> true;
      case "f", "false", "0" -> false;
      default -> throw unfit(column, value);
    };
  }

  private static Long integer(DeclaredColumn column, JsonNode value) {
    if (value.isIntegralNumber() && value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.isTextual()) {
      return Long.valueOf(value.textValue());
    }
    throw unfit(column, value);
  }

  private static Object floating(DeclaredColumn column, JsonNode value) {
    String text = text(column, value);
    if (text.equals("NaN") || text.equals("Infinity") || text.equals("-Infinity")) {
      return text;
    }
    double number = ExactDecimal.parse(text).doubleValue();
    if (Double.isInfinite(number)) {
      throw unfit(column, value);
    }
    return number;
  }

  private static String numeric(DeclaredColumn column, JsonNode value) {
    String text = text(column, value);
    if (text.equals("NaN") || text.endsWith("Infinity")) {
      return text;
    }
    return ExactDecimal.plain(ExactDecimal.parse(text));
  }

  // wal2json omits PostgreSQL's \x, DMS writes 0x.
  private static String bytes(String text) {
    String digits = text.startsWith("\\x") || text.startsWith("0x") ? text.substring(2) : text;
    return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(digits));
  }
}
