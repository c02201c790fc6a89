package dev.firn.etl.merge;

import dev.firn.contract.Column;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/**
 * The types of columns the random tables have, and for each its random values: mostly ordinary
 * ones, and those at which something could break.
 */
// List.of and functions without state are immutable, which their types do not show.
@SuppressWarnings("ImmutableEnumChecker")
enum CellKind {
  BOOL("bool", random -> plain(random.nextBoolean())),
  INT2("int2", random -> integer((short) random.nextInt())),
  INT4("int4", random -> integer(random.nextInt() >> random.nextInt(32))),
  INT8("int8", random -> whole(random.nextLong() >> random.nextInt(64))),
  FLOAT4("float4", OddNumbers::real),
  FLOAT8("float8", OddNumbers::doublePrecision),
  NUMERIC_8_2("numeric", random -> decimal(random, 8, 2), 8, 2),
  NUMERIC_12_2("numeric", random -> decimal(random, 12, 2), 12, 2),
  NUMERIC_14_2("numeric", random -> decimal(random, 14, 2), 14, 2),
  NUMERIC_30_5("numeric", random -> decimal(random, 30, 5), 30, 5),
  NUMERIC("numeric", CellKind::unconstrained),
  TEXT("text", random -> plain(OddTexts.next(random))),
  UUID_TEXT("uuid", random -> plain(new UUID(random.nextLong(), random.nextLong()).toString())),
  DATE("date", random -> spelled(day(random))),
  TIMESTAMP("timestamp", random -> spelled(LocalDateTime.ofInstant(time(random), ZoneOffset.UTC))),
  TIMESTAMPTZ("timestamptz", random -> spelled(time(random))),
  BYTEA("bytea", CellKind::bytes),
  INT4_ARRAY("int4[]", random -> array(random, INT4)),
  TEXT_ARRAY("text[]", random -> array(random, TEXT));

  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  private final String type;
  private final List<Integer> modifiers;
  private final Function<Random, Cell> values;

  CellKind(String type, Function<Random, Cell> values, Integer... modifiers) {
    this.type = type;
    this.modifiers = List.of(modifiers);
    this.values = values;
  }

  Column column(String name, int keyOrdinal) {
    return new Column(name, type, modifiers, keyOrdinal == 0, keyOrdinal);
  }

  /** A value fit for a key. */
  Cell key(Random random) {
    return values.apply(random);
  }

  /** Any value, null among them. */
  Cell any(Random random) {
    if (random.nextInt(6) == 0) {
      return Cell.NULL;
    }
    if (this == DATE && random.nextInt(6) == 0) {
      return new Cell("-infinity", LakeText.of(FIRST_DAY));
    }
    return values.apply(random);
  }

  /** The same value, perhaps with another text with which it can be entered in PostgreSQL. */
  Cell respelled(Cell cell, Random random) {
    boolean again = this == NUMERIC && cell.wire() != null && random.nextBoolean();
    return again ? new Cell(cell.wire() + "0", cell.text()) : cell;
  }

  private static Cell plain(Object value) {
    return new Cell(value, LakeText.of(value));
  }

  private static Cell spelled(Object value) {
    return new Cell(value.toString(), LakeText.of(value));
  }

  private static Cell integer(int value) {
    return new Cell((long) value, LakeText.of(value));
  }

  private static Cell whole(long value) {
    return new Cell(value, LakeText.of(value));
  }

  private static Cell decimal(Random random, int precision, int scale) {
    int digits = 1 + random.nextInt(precision);
    BigInteger limit = BigInteger.TEN.pow(digits);
    BigInteger unscaled = new BigInteger(limit.bitLength() + 8, random).mod(limit);
    BigDecimal value = new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), scale);
    return new Cell(value.toPlainString(), LakeText.of(value));
  }

  private static Cell unconstrained(Random random) {
    BigDecimal value = BigDecimal.valueOf(random.nextLong() >> random.nextInt(64), 4);
    return new Cell(
        value.toPlainString(), LakeText.of(value.setScale(9, RoundingMode.UNNECESSARY)));
  }

  private static LocalDate day(Random random) {
    return switch (random.nextInt(10)) {
      case 0 -> FIRST_DAY.plusDays(random.nextInt(3));
      case 1 -> LAST_DAY.minusDays(random.nextInt(3));
      case 2 -> LocalDate.of(1582, 10, 1).plusDays(random.nextInt(20));
      default -> LocalDate.of(2026, 8, 5).plusDays(random.nextInt(400) - 200);
    };
  }

  private static Instant time(Random random) {
    long micros = random.nextInt(3) == 0 ? 0 : random.nextInt(1_000_000) * 1000L;
    return day(random)
        .atStartOfDay()
        .plusSeconds(random.nextInt(86_400))
        .plusNanos(micros)
        .toInstant(ZoneOffset.UTC);
  }

  private static Cell bytes(Random random) {
    byte[] value = new byte[random.nextInt(5) == 0 ? 0 : random.nextInt(40)];
    if (random.nextInt(4) == 0) {
      Arrays.fill(value, (byte) -1);
    } else {
      random.nextBytes(value);
    }
    return new Cell(Base64.getEncoder().encodeToString(value), LakeText.of(value));
  }

  private static Cell array(Random random, CellKind element) {
    List<Cell> cells = random.ints(random.nextInt(4)).mapToObj(i -> element.any(random)).toList();
    // Elements may be null, which List.of and toList's sisters of the collectors refuse.
    Object[] wire = cells.stream().map(Cell::wire).toArray();
    String text = cells.stream().map(Cell::text).toList().toString();
    return new Cell(Arrays.asList(wire), text);
  }
}
