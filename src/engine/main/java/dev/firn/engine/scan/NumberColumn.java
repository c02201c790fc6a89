package dev.firn.engine.scan;

import dev.firn.engine.row.KeyBytes;
import dev.firn.engine.row.KeyKind;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A column of numbers, decoded page by page into an array, in the representation of {@link
 * LongKeySet}. Plain pages, which columns of distinct values usually have, are copied without
 * decoding.
 */
final class NumberColumn implements KeyPart {

  private final ColumnPages pages;
  private final PrimitiveTypeName physical;
  private final KeyKind kind;
  private long[] dictionary = {};
  private long[] numbers = {};

  NumberColumn(PageReadStore group, ColumnDescriptor column, KeyKind kind) throws IOException {
    this.pages = new ColumnPages(group, column);
    this.physical = column.getPrimitiveType().getPrimitiveTypeName();
    this.kind = kind;
  }

  @Override
  public boolean next() throws IOException {
    if (!pages.next()) {
      return false;
    }
    decode();
    return true;
  }

  private void decode() throws IOException {
    if (numbers.length < pages.rows()) {
      numbers = new long[pages.rows()];
    }
    if (pages.isDictionary()) {
      decodeDictionary();
    } else if (!pages.isPlain() || pages.hasMissing() || !copyPlain()) {
      decode(pages.values());
    }
  }

  /** The index, within its page, of a row of the row group. */
  private int seek(long row) throws IOException {
    if (pages.seek(row)) {
      decode();
    }
    return (int) (row - pages.firstRow());
  }

  private boolean copyPlain() throws IOException {
    int rows = pages.rows();
    if (physical == PrimitiveTypeName.INT64) {
      plain(rows * Long.BYTES).asLongBuffer().get(numbers, 0, rows);
      return true;
    }
    if (physical == PrimitiveTypeName.INT32) {
      IntBuffer values = plain(rows * Integer.BYTES).asIntBuffer();
      for (int i = 0; i < rows; i++) {
        numbers[i] = values.get(i);
      }
      return true;
    }
    return false;
  }

  private ByteBuffer plain(int bytes) throws IOException {
    return pages.content().slice(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private void decodeDictionary() throws IOException {
    if (dictionary.length == 0) {
      Dictionary values = pages.dictionary();
      dictionary = new long[values.getMaxId() + 1];
      for (int i = 0; i < dictionary.length; i++) {
        dictionary[i] = decoded(values, i);
      }
    }
    int rows = pages.rows();
    if (dictionary.length == 1) {
      // True for nearly every page of the epoch column.
      Arrays.fill(numbers, 0, rows, dictionary[0]);
      return;
    }
    ValuesReader ids = pages.values();
    for (int i = 0; i < rows; i++) {
      numbers[i] = pages.isMissing(i) ? 0 : dictionary[ids.readValueDictionaryId()];
    }
  }

  private void decode(ValuesReader values) {
    int rows = pages.rows();
    for (int i = 0; i < rows; i++) {
      numbers[i] = pages.isMissing(i) ? 0 : decoded(values);
    }
  }

  private long decoded(ValuesReader values) {
    return switch (physical) {
      case INT32 -> values.readInteger();
      case INT64 -> values.readLong();
      case BOOLEAN -> values.readBoolean() ? 1 : 0;
      case FLOAT -> KeyValues.number(values.readFloat());
      case DOUBLE -> KeyValues.number(values.readDouble());
      case BINARY, FIXED_LEN_BYTE_ARRAY -> unscaled(values.readBytes().getBytes());
      case INT96 -> throw unknown();
    };
  }

  private long decoded(Dictionary values, int id) {
    return switch (physical) {
      case INT32 -> values.decodeToInt(id);
      case INT64 -> values.decodeToLong(id);
      case BOOLEAN -> values.decodeToBoolean(id) ? 1 : 0;
      case FLOAT -> KeyValues.number(values.decodeToFloat(id));
      case DOUBLE -> KeyValues.number(values.decodeToDouble(id));
      case BINARY, FIXED_LEN_BYTE_ARRAY -> unscaled(values.decodeToBinary(id).getBytes());
      case INT96 -> throw unknown();
    };
  }

  private static long unscaled(byte[] decimal) {
    return new BigInteger(decimal).longValueExact();
  }

  private IllegalStateException unknown() {
    return new IllegalStateException(
        "Cannot scan for keys: the column's type is not supported: " + pages.column());
  }

  @Override
  public long firstRow() {
    return pages.firstRow();
  }

  @Override
  public int rows() {
    return pages.rows();
  }

  boolean hasMissing() {
    return pages.hasMissing();
  }

  boolean isMissing(int index) {
    return pages.isMissing(index);
  }

  /** The values of the page. */
  long[] numbers() {
    return numbers;
  }

  /**
   * The value of a row of the row group, which is not less than in the previous call; 0 if null.
   */
  long at(long row) throws IOException {
    int index = seek(row); // May decode another page into another array.
    return numbers[index];
  }

  @Override
  public boolean put(long row, KeyBytes key) throws IOException {
    int index = seek(row);
    if (pages.isMissing(index)) {
      return false;
    }
    if (kind == KeyKind.WIDE) {
      key.putWide(BigInteger.valueOf(numbers[index]));
    } else {
      key.putLong(numbers[index]);
    }
    return true;
  }
}
