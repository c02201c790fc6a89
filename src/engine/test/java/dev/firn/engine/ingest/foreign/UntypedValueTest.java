package dev.firn.engine.ingest.foreign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.firn.contract.MalformedRecordException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UntypedValueTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "int8        | 9007199254740993               | 9007199254740993",
        "int4        | \"5\"                          | 5",
        "bool        | \"t\"                          | true",
        "bool        | 0                              | false",
        "float8      | \"NaN\"                        | NaN",
        "float8      | 1e3                            | 1000.0",
        "numeric     | 0.10                           | 0.10",
        "numeric     | 123456789012345678901234567890 | 123456789012345678901234567890",
        "numeric     | \"NaN\"                        | NaN",
        "timestamp   | \"2019-12-29 04:58:34.806671\" | 2019-12-29T04:58:34.806671",
        "timestamp   | \"2020-01-09T04:13:38Z\"       | 2020-01-09T04:13:38",
        "timestamptz | \"2018-03-27 11:58:28.98-03\"  | 2018-03-27T14:58:28.980Z",
        "timestamptz | \"2018-03-27 11:58:28+0530\"   | 2018-03-27T06:28:28Z",
        "timestamptz | \"infinity\"                   | infinity",
        "timestamptz | \"2018-03-27 11:58:28\"        | 2018-03-27 11:58:28",
        "bytea       | \"deadbeef\"                   | 3q2+7w==",
        "bytea       | \"\\\\xdeadbeef\"              | 3q2+7w==",
        "bytea       | \"0xDEADBEEF\"                 | 3q2+7w==",
        "jsonb       | {\"a\": [1]}                   | {\"a\":[1]}",
        "jsonb       | \"{\\\"a\\\": 1}\"             | {\"a\": 1}",
        "text        | 5                              | 5",
        "int4[]      | [1,null]                       | [1, null]",
      })
  void aValueIsReadByItsDeclaredType(String type, String json, String expected) {
    assertEquals(expected, String.valueOf(read(type, json)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "int4    | 1.5",
        "int8    | 9223372036854775808",
        "bool    | \"yes\"",
        "float8  | 1e999",
        "numeric | 1e999999999",
        "numeric | \"twelve\"",
        "bytea   | \"3q2+7w==\"",
        "text    | true",
        "int4[]  | \"{1,2}\"",
      })
  void aValueThatDoesNotFitIsRefused(String type, String json) {
    assertThrows(MalformedRecordException.class, () -> read(type, json));
  }

  private static Object read(String type, String json) {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    return UntypedValue.read(
        new DeclaredColumn("x", type, List.of()), JsonTree.parse(bytes, 0, bytes.length));
  }
}
