package dev.firn.engine.row;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.catalyst.expressions.SpecializedGetters;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.catalyst.expressions.codegen.UnsafeRowWriter;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every type is read back through Spark's own getters. */
class RowValuesTest {

  static Stream<Arguments> values() {
    return Stream.of(
        of(Types.BooleanType.get(), true, true),
        of(Types.BooleanType.get(), false, false),
        of(Types.IntegerType.get(), -42, -42),
        of(Types.LongType.get(), Long.MIN_VALUE, Long.MIN_VALUE),
        of(Types.FloatType.get(), 1.5f, 1.5f),
        of(Types.DoubleType.get(), Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY),
        decimal(9, 2, "-12.50"),
        decimal(18, 2, "9999999999999999.99"),
        decimal(19, 0, "-9999999999999999999"),
        decimal(38, 9, "12345678901234567890123456789.123456789"),
        decimal(38, 9, "0.000000000"),
        of(Types.DateType.get(), LocalDate.of(1, 1, 1), -719162),
        of(Types.TimestampType.withZone(), Instant.parse("1969-12-31T23:59:59.999999Z"), -1L),
        of(Types.TimestampType.withoutZone(), LocalDateTime.of(1970, 1, 1, 0, 0, 1), 1_000_000L),
        of(Types.StringType.get(), "Zoë \0 🎈", UTF8String.fromString("Zoë \0 🎈")),
        of(Types.StringType.get(), "", UTF8String.fromString("")),
        of(Types.BinaryType.get(), new byte[] {0, -1, 2}, new byte[] {0, -1, 2}));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("values")
  void aValueIsReadBack(Type type, Object value, Object expected) {
    UnsafeRow row = row(List.of(type, type, type), null, value, value);

    assertTrue(row.isNullAt(0));
    assertSame(expected, read(row, 1, type));
    assertSame(expected, read(row, 2, type));
  }

  @ParameterizedTest(name = "list of {0} {1}")
  @MethodSource("values")
  void aListKeepsItsNulls(Type type, Object value, Object expected) {
    Type list = Types.ListType.ofOptional(1, type);
    Object[] values = {value, null, value, null};

    UnsafeRow row = row(List.of(list, list, list), new Object[0], values, null);

    assertEquals(0, row.getArray(0).numElements());
    assertEquals(4, row.getArray(1).numElements());
    assertEquals(
        List.of(false, true, false, true),
        IntStream.range(0, 4).mapToObj(row.getArray(1)::isNullAt).toList());
    assertSame(expected, read(row.getArray(1), 0, type));
    assertSame(expected, read(row.getArray(1), 2, type));
    assertTrue(row.isNullAt(2));
  }

  @ParameterizedTest(name = "list of lists of {0} {1}")
  @MethodSource("values")
  void aListInAListIsReadBack(Type type, Object value, Object expected) {
    Type list = Types.ListType.ofOptional(1, Types.ListType.ofOptional(2, type));

    UnsafeRow row = row(List.of(list), (Object) new Object[] {new Object[] {null, value}, null});

    assertTrue(row.getArray(0).getArray(0).isNullAt(0));
    assertSame(expected, read(row.getArray(0).getArray(0), 1, type));
    assertTrue(row.getArray(0).isNullAt(1));
  }

  private static Arguments of(Type type, Object value, Object expected) {
    return Arguments.of(type, value, expected);
  }

  private static Arguments decimal(int precision, int scale, String text) {
    BigDecimal value = new BigDecimal(text);
    return of(Types.DecimalType.of(precision, scale), value, value);
  }

  private static UnsafeRow row(List<Type> types, Object... values) {
    UnsafeRowWriter writer = new UnsafeRowWriter(types.size());
    writer.reset();
    writer.zeroOutNullBytes();
    for (int i = 0; i < values.length; i++) {
      RowValues.write(writer, i, types.get(i), values[i]);
    }
    return writer.getRow();
  }

  private static Object read(SpecializedGetters row, int place, Type type) {
    DataType spark = SparkSchemaUtil.convert(type);
    Object value = row.get(place, spark);
    return value instanceof Decimal decimal ? decimal.toJavaBigDecimal() : value;
  }

  private static void assertSame(Object expected, Object actual) {
    if (expected instanceof byte[] bytes) {
      assertArrayEquals(bytes, (byte[]) actual);
    } else if (expected instanceof UTF8String text) {
      assertArrayEquals(
          text.toString().getBytes(StandardCharsets.UTF_8), ((UTF8String) actual).getBytes());
    } else {
      assertEquals(expected, actual);
    }
  }
}
