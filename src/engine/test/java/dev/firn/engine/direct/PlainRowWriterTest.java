package dev.firn.engine.direct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.Schema;
import org.apache.iceberg.io.FileAppender;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.parquet.ParquetValueWriter;
import org.apache.iceberg.shaded.org.apache.parquet.schema.MessageType;
import org.apache.iceberg.spark.SparkSchemaUtil;
import org.apache.iceberg.spark.data.SparkParquetWriters;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with Iceberg's writer: the files are equal byte by byte, and so are their metrics. */
class PlainRowWriterTest {

  private static final int ROWS = 30_000;

  private static final Schema PLAIN =
      new Schema(
          NestedField.required(1, "id", Types.LongType.get()),
          NestedField.optional(2, "flag", Types.BooleanType.get()),
          NestedField.optional(3, "count", Types.IntegerType.get()),
          NestedField.optional(4, "day", Types.DateType.get()),
          NestedField.optional(5, "at", Types.TimestampType.withZone()),
          NestedField.optional(6, "local", Types.TimestampType.withoutZone()),
          NestedField.optional(7, "name", Types.StringType.get()),
          NestedField.optional(8, "bytes", Types.BinaryType.get()),
          NestedField.optional(9, "small", Types.DecimalType.of(9, 2)),
          NestedField.optional(10, "middle", Types.DecimalType.of(18, 4)),
          NestedField.optional(11, "large", Types.DecimalType.of(38, 10)));

  @TempDir private Path folder;

  /** Makes the writer of a file's columns. */
  private interface WriterOf {
    ParquetValueWriter<InternalRow> columns(MessageType file);
  }

  /** What came of a file. */
  private record Outcome(Path file, Metrics metrics) {}

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void theFileIsThatOfIcebergsWriter(long seed) throws IOException {
    StructType type = SparkSchemaUtil.convert(PLAIN);
    List<InternalRow> rows = rows(new Random(seed));
    AtomicReference<ParquetValueWriter<InternalRow>> used = new AtomicReference<>();

    Outcome expected = write("iceberg", file -> SparkParquetWriters.buildWriter(type, file), rows);
    Outcome own =
        write(
            "own",
            file -> {
              used.set(PlainRowWriter.of(PLAIN, type, file));
              return used.get();
            },
            rows);

    assertInstanceOf(PlainRowWriter.class, used.get());
    assertEquals(-1, Files.mismatch(expected.file(), own.file()), "first byte that differs");
    assertEquals(described(expected.metrics()), described(own.metrics()));
  }

  @Test
  void rowsWithFloatsAreLeftToIceberg() throws IOException {
    Schema schema = new Schema(NestedField.required(1, "x", Types.DoubleType.get()));
    StructType type = SparkSchemaUtil.convert(schema);
    AtomicReference<ParquetValueWriter<InternalRow>> used = new AtomicReference<>();

    try (FileAppender<InternalRow> appender =
        appender(
            schema,
            "floats",
            file -> {
              used.set(PlainRowWriter.of(schema, type, file));
              return used.get();
            })) {
      appender.add(new GenericInternalRow(new Object[] {Double.NaN}));
    }

    assertNotNull(used.get());
    assertEquals(false, used.get() instanceof PlainRowWriter);
  }

  @Test
  void aRequiredColumnIsNotNull() throws IOException {
    StructType type = SparkSchemaUtil.convert(PLAIN);
    try (FileAppender<InternalRow> appender =
        appender(PLAIN, "null", file -> PlainRowWriter.of(PLAIN, type, file))) {
      InternalRow empty = new GenericInternalRow(PLAIN.columns().size());

      assertThrows(IllegalStateException.class, () -> appender.add(empty));
    }
  }

  private Outcome write(String name, WriterOf writer, List<InternalRow> rows) throws IOException {
    FileAppender<InternalRow> appender = appender(PLAIN, name, writer);
    try (appender) {
      appender.addAll(rows);
    }
    return new Outcome(folder.resolve(name), appender.metrics());
  }

  private FileAppender<InternalRow> appender(Schema schema, String name, WriterOf writer)
      throws IOException {
    return Parquet.write(org.apache.iceberg.Files.localOutput(folder.resolve(name).toFile()))
        .schema(schema)
        // Several row groups.
        .setAll(Map.of("write.parquet.row-group-size-bytes", Integer.toString(1 << 20)))
        .createWriterFunc(writer::columns)
        .build();
  }

  private static Map<String, Object> described(Metrics metrics) {
    return Map.of(
        "rows", metrics.recordCount(),
        "sizes", metrics.columnSizes(),
        "values", metrics.valueCounts(),
        "nulls", metrics.nullValueCounts(),
        "no numbers", metrics.nanValueCounts(),
        "lowest", metrics.lowerBounds(),
        "highest", metrics.upperBounds());
  }

  private static List<InternalRow> rows(Random random) {
    List<InternalRow> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Object[] values = {
        random.nextLong(),
        random.nextBoolean(),
        random.nextInt(50),
        random.nextInt(40_000) - 10_000,
        random.nextLong() >> 12,
        random.nextLong() >> 12,
        UTF8String.fromString("näme " + random.nextInt(1 << random.nextInt(20))),
        bytes(random),
        decimal(random, 9, 2),
        decimal(random, 18, 4),
        decimal(random, 38, 10)
      };
      for (int column = 1; column < values.length; column++) {
        values[column] = random.nextInt(5) == 0 ? null : values[column];
      }
      rows.add(new GenericInternalRow(values));
    }
    return rows;
  }

  private static byte[] bytes(Random random) {
    byte[] bytes = new byte[random.nextInt(40)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Decimal decimal(Random random, int precision, int scale) {
    BigInteger most = BigInteger.TEN.pow(precision);
    BigInteger unscaled = new BigInteger(most.bitLength(), random).mod(most);
    BigInteger signed = random.nextBoolean() ? unscaled : unscaled.negate();
    return Decimal.apply(new BigDecimal(signed, scale), precision, scale);
  }
}
