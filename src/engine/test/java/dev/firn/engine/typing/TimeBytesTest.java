package dev.firn.engine.typing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeBytesTest {

  private static final int TIMES = 20_000;

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void aTimeIsThatOfTheJdk(long seed) {
    Random random = new Random(seed);
    LocalDateTime epoch = LocalDateTime.of(1970, 1, 1, 0, 0);
    long first = ChronoUnit.MICROS.between(epoch, LocalDateTime.of(1, 1, 1, 0, 0));
    long end = ChronoUnit.MICROS.between(epoch, LocalDateTime.of(10_000, 1, 1, 0, 0));
    for (int i = 0; i < TIMES; i++) {
      // Of some the last digits are zero, and not written.
      long unit = List.of(1, 10, 1_000, 100_000, 1_000_000).get(random.nextInt(5));
      long micros = Math.floorDiv(random.nextLong(first + unit, end), unit) * unit;
      String text =
          DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(epoch.plus(micros, ChronoUnit.MICROS));

      assertEquals(micros, micros(text), text);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-05T03:20:00.1,100000",
    "2026-08-05T03:20:00.000001,1",
    "2026-08-05T03:20:00.000000,0",
    "2026-08-05T03:20:00,0"
  })
  void aFractionHasUpToSixDigits(String text, long expected) {
    assertEquals(expected, Math.floorMod(micros(text), 1_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-08-05T03:20:00.",
        "2026-08-05T03:20:00,123456",
        "2026-08-05T03:20:00.1234567",
        "2026-08-05T03:20:00.x23456",
        "2026-08-05T03:20:00.1x3456",
        "2026-08-05T03:20:00.12x456",
        "2026-08-05T03:20:00.123x56",
        "2026-08-05T03:20:00.99999x",
        "2026-08-05T03:20:00.9999x9",
        "2026-08-05T03:20:00.12x",
        "2026-08-05T24:00:00",
        "2026-08-05T03:60:00",
        "2026-08-05T03:20:60",
        "2026-08-05T3x:20:00",
        "2026-02-29T03:20:00",
        "2026-13-01T03:20:00",
        "2026-00-01T03:20:00",
        "2026-08-00T03:20:00",
        "0000-08-05T03:20:00",
        "20x6-08-05T03:20:00",
        "x026-08-05T03:20:00",
        "2026-08-05 03:20:00",
        "2026-08-05T03:20"
      })
  void whatIsNoTimeIsNone(String text) {
    assertEquals(TimeBytes.NONE, micros(text));
  }

  private static long micros(String text) {
    byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
    return TimeBytes.micros(bytes, 1, bytes.length - 1);
  }
}
