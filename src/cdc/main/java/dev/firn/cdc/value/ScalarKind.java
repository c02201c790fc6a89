package dev.firn.cdc.value;

import dev.firn.contract.JsonBytes;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/** How the text of a value is written; the values of most types stay texts. */
public enum ScalarKind implements ValueWriter {
  BOOLEAN {
    @Override
    public void write(JsonBytes out, byte[] text, int from, int to) {
      byte letter = to - from == 1 ? text[from] : 0;
      if (letter != 't' && letter != 'f') {
        throw new IllegalArgumentException("t or f is expected of a boolean");
      }
      out.bool(letter == 't');
    }
  },
  /** PostgreSQL's digits are valid JSON, however many there are. */
  INTEGER {
    @Override
    public void write(JsonBytes out, byte[] text, int from, int to) {
      NumberText.requireInteger(text, from, to);
      out.verbatim(text, from, to);
    }
  },
  /** JSON has no NaN and no infinity: they are written as PostgreSQL's words. */
  FLOAT {
    @Override
    public void write(JsonBytes out, byte[] text, int from, int to) {
      if (NumberText.isWord(text, from, to)) {
        out.string(text, from, to);
      } else {
        NumberText.writeFloat(out, text, from, to);
      }
    }
  },
  BYTES {
    @Override
    public void write(JsonBytes out, byte[] text, int from, int to) {
      if (to - from < 2 || text[from] != '\\' || text[from + 1] != 'x') {
        throw new IllegalArgumentException("bytea_output = hex is expected: begins otherwise");
      }
      String digits = new String(text, from + 2, to - from - 2, StandardCharsets.ISO_8859_1);
      byte[] base64 = Base64.getEncoder().encode(HexFormat.of().parseHex(digits));
      out.string(base64, 0, base64.length);
    }
  },
  DATE {
    @Override
    public void write(JsonBytes out, byte[] text, int from, int to) {
      if (DateTimeText.isPlainDate(text, from, to)) {
        out.string(text, from, to);
      } else {
        out.string(DateTimeText.date(string(text, from, to)));
      }
    }
  },
  TIMESTAMP {
    @Override
    public void write(JsonBytes out, byte[] text, int from, int to) {
      if (DateTimeText.isPlainTimestamp(text, from, to)) {
        DateTimeText.writePlain(out, text, from, to);
        out.put((byte) '"');
      } else {
        out.string(DateTimeText.timestamp(string(text, from, to)));
      }
    }
  },
  TIMESTAMP_UTC {
    @Override
    public void write(JsonBytes out, byte[] text, int from, int to) {
      int zone = to - 3;
      if (zone > from
          && text[zone] == '+'
          && text[zone + 1] == '0'
          && text[zone + 2] == '0'
          && DateTimeText.isPlainTimestamp(text, from, zone)) {
        DateTimeText.writePlain(out, text, from, zone);
        out.put((byte) 'Z');
        out.put((byte) '"');
      } else {
        out.string(DateTimeText.timestampUtc(string(text, from, to)));
      }
    }
  },
  TEXT {
    @Override
    public void write(JsonBytes out, byte[] text, int from, int to) {
      out.string(text, from, to);
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

  private static String string(byte[] text, int from, int to) {
    return new String(text, from, to - from, StandardCharsets.UTF_8);
  }
}
