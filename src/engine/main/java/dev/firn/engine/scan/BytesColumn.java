package dev.firn.engine.scan;

import dev.firn.engine.row.KeyBytes;
import dev.firn.engine.row.KeyKind;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of strings, binaries or wide decimals, decoded page by page into one array. */
final class BytesColumn implements KeyPart {

  private final ColumnPages pages;
  private final PrimitiveTypeName physical;
  private final int fixedLength;
  private final KeyKind kind;
  private byte[][] dictionary = {};
  private byte[] bytes = {};
  private int[] starts = {};
  private int[] lengths = {};

  BytesColumn(PageReadStore group, ColumnDescriptor column, KeyKind kind) throws IOException {
    this.pages = new ColumnPages(group, column);
    this.physical = column.getPrimitiveType().getPrimitiveTypeName();
    this.fixedLength = column.getPrimitiveType().getTypeLength();
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
    if (starts.length < pages.rows()) {
      starts = new int[pages.rows()];
      lengths = new int[pages.rows()];
    }
    if (pages.isPlain()) {
      locatePlain();
    } else {
      gather(pages.values());
    }
  }

  /** The index, within its page, of a row of the row group. */
  private int seek(long row) throws IOException {
    if (pages.seek(row)) {
      decode();
    }
    return (int) (row - pages.firstRow());
  }

  private void locatePlain() throws IOException {
    ByteBuffer content = pages.content().slice(pages.content().available());
    if (content.hasArray()) {
      locatePlain(content.array(), content.arrayOffset() + content.position());
    } else {
      byte[] copy = new byte[content.remaining()];
      content.get(copy);
      locatePlain(copy, 0);
    }
  }

  private void locatePlain(byte[] content, int from) {
    bytes = content;
    ByteBuffer view = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int at = from;
    for (int i = 0; i < pages.rows(); i++) {
      if (pages.isMissing(i)) {
        continue;
      }
      int length = fixedLength;
      if (physical == PrimitiveTypeName.BINARY) {
        length = view.getInt(at);
        at += Integer.BYTES;
      }
      starts[i] = at;
      lengths[i] = length;
      at += length;
    }
  }

  private void gather(ValuesReader values) {
    int end = 0;
    bytes = new byte[Math.max(bytes.length, 1024)];
    for (int i = 0; i < pages.rows(); i++) {
      if (pages.isMissing(i)) {
        continue;
      }
      byte[] value = value(values);
      if (end + value.length > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * end, end + value.length));
      }
      System.arraycopy(value, 0, bytes, end, value.length);
      starts[i] = end;
      lengths[i] = value.length;
      end += value.length;
    }
  }

  private byte[] value(ValuesReader values) {
    if (!pages.isDictionary()) {
      return values.readBytes().getBytesUnsafe();
    }
    int id = values.readValueDictionaryId();
    Dictionary decoded = pages.dictionary();
    if (dictionary.length == 0) {
      dictionary = new byte[decoded.getMaxId() + 1][];
    }
    if (dictionary[id] == null) {
      dictionary[id] = decoded.decodeToBinary(id).getBytes();
    }
    return dictionary[id];
  }

  @Override
  public long firstRow() {
    return pages.firstRow();
  }

  @Override
  public int rows() {
    return pages.rows();
  }

  @Override
  public boolean put(long row, KeyBytes key) throws IOException {
    int index = seek(row);
    if (pages.isMissing(index)) {
      return false;
    }
    if (kind == KeyKind.WIDE) {
      key.putWide(new BigInteger(bytes, starts[index], lengths[index]));
    } else {
      key.putBytes(bytes, starts[index], lengths[index]);
    }
    return true;
  }
}
