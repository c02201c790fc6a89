package dev.firn.cdc.value;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** How the text of a value is read; most types stay the text they are. */
public enum ScalarKind {
  BOOLEAN {
    @Override
    Object read(String text) {
      return switch (text) {
        case "t" -> true;
        case "f" -> false;
        default -> throw new IllegalArgumentException("t or f is expected of a boolean: " + text);
      };
    }
  },
  INTEGER {
    @Override
    Object read(String text) {
      return Long.valueOf(text);
    }
  },
  /** JSON has no NaN and no infinity: they stay PostgreSQL's words. */
  FLOAT {
    @Override
    Object read(String text) {
      return switch (text) {
        case "NaN", "Infinity", "-Infinity" -> text;
        default -> Double.valueOf(text);
      };
    }
  },
  BYTES {
    @Override
    Object read(String text) {
      if (!text.startsWith("\\x")) {
        throw new IllegalArgumentException("bytea_output = hex is expected: begins otherwise");
      }
      return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(text, 2, text.length()));
    }
  },
  DATE {
    @Override
    Object read(String text) {
      return DateTimeText.date(text);
    }
  },
  TIMESTAMP {
    @Override
    Object read(String text) {
      return DateTimeText.timestamp(text);
    }
  },
  TIMESTAMP_UTC {
    @Override
    Object read(String text) {
      return DateTimeText.timestampUtc(text);
    }
  },
  TEXT {
    @Override
    Object read(String text) {
      return text;
    }
  };

  private static final Map<String, ScalarKind> BUILT_IN =
      Map.ofEntries(
          Map.entry("bool", BOOLEAN),
          Map.entry("int2", INTEGER),
          Map.entry("int4", INTEGER),
          Map.entry("int8", INTEGER),
          Map.entry("oid", INTEGER),
          Map.entry("float4", FLOAT),
          Map.entry("float8", FLOAT),
          Map.entry("bytea", BYTES),
          Map.entry("date", DATE),
          Map.entry("timestamp", TIMESTAMP),
          Map.entry("timestamptz", TIMESTAMP_UTC));

  /**
   * @param name of a type of the schema pg_catalog
   */
  public static ScalarKind ofBuiltIn(String name) {
    return BUILT_IN.getOrDefault(name, TEXT);
  }

  abstract Object read(String text);
}
