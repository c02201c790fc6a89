package dev.firn.cdc.value;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DateTimeTextTest {

  @ParameterizedTest
  @CsvSource({
    "2026-08-05, 2026-08-05",
    "0044-03-15 BC, -0043-03-15",
    "0001-12-31 BC, 0000-12-31",
    "4714-11-24 BC, -4713-11-24",
    "10000-01-01, +10000-01-01",
    "5874897-12-31, +5874897-12-31",
    "infinity, infinity",
    "-infinity, -infinity"
  })
  void datesAreIso(String text, String iso) {
    assertEquals(iso, DateTimeText.date(text));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-08-05 03:20:00.123456+00, 2026-08-05T03:20:00.123456Z",
    "0044-03-15 00:00:00+00 BC, -0043-03-15T00:00:00Z",
    "-infinity, -infinity"
  })
  void momentsAreInUtc(String text, String iso) {
    assertEquals(iso, DateTimeText.timestampUtc(text));
  }

  @Test
  void aMomentOfAnotherZoneIsAnError() {
    assertThrows(
        IllegalArgumentException.class, () -> DateTimeText.timestampUtc("2026-08-05 03:20:00+07"));
    assertThrows(
        IllegalArgumentException.class, () -> DateTimeText.timestampUtc("2026-08-05 03:20:00"));
    assertThrows(IllegalArgumentException.class, () -> DateTimeText.date("05/08/2026"));
  }
}
