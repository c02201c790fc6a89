package dev.firn.engine.typing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExactDecimalTest {

  private static final ValueConverter DECIMAL = ValueConverter.into(Types.DecimalType.of(38, 9));

  @ParameterizedTest
  @ValueSource(strings = {"1e400000000", "-1e2147483647", "1e-400000000", "1e-2147483647", "1e30"})
  void anAbsurdNumberIsRefusedBeforeItIsWrittenOut(String text) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          assertThrows(UnfitValueException.class, () -> DECIMAL.convert(text));
          if (!text.equals("1e30")) {
            BigDecimal number = ExactDecimal.parse(text);
            assertThrows(ArithmeticException.class, () -> ExactDecimal.plain(number));
          }
        });
  }

  @Test
  void aNumberLongerThanAnyOfPostgresIsRefusedUnread() {
    String digits = "1".repeat(30 << 20);
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> assertThrows(UnfitValueException.class, () -> DECIMAL.convert(digits)));
  }

  @Test
  void aNumberThatFitsIsExactHoweverItIsWritten() {
    assertEquals(new BigDecimal("0.000000000"), DECIMAL.convert("0e400000000"));
    assertEquals(new BigDecimal("0.000000000"), DECIMAL.convert("-0.0000000000000"));
    assertEquals(new BigDecimal("1200.000000000"), DECIMAL.convert("12e2"));
    assertEquals(new BigDecimal("1.500000000"), DECIMAL.convert("1.5" + "0".repeat(16_000)));
    assertEquals(new BigDecimal("-0.000000001"), DECIMAL.convert("-1e-9"));
    for (String largest : List.of("9".repeat(29) + "." + "9".repeat(9), "9".repeat(29))) {
      assertEquals(0, new BigDecimal(largest).compareTo((BigDecimal) DECIMAL.convert(largest)));
    }
  }

  @Test
  void theReasonDistinguishesTooManyDigitsFromRounding() {
    assertEquals(
        "a value does not fit decimal(38, 9) without rounding: 1e-10",
        assertThrows(UnfitValueException.class, () -> DECIMAL.convert("1e-10")).getMessage());
    assertEquals(
        "a value does not fit decimal(38, 9): 1e29",
        assertThrows(UnfitValueException.class, () -> DECIMAL.convert("1e29")).getMessage());
  }
}
