package dev.firn.engine.scan;

import java.io.IOException;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;

/**
 * The pages of one column that is not nested, one after the other. Rows are counted from the start
 * of the row group; skipped pages leave gaps.
 */
final class ColumnPages {

  private static final boolean[] NONE = {};

  private final ColumnDescriptor column;
  private final PageReader pages;
  private final Dictionary dictionary;
  private long firstRow;
  private int rows;
  private boolean[] missing = NONE;
  private Encoding encoding = Encoding.PLAIN;
  private ByteBufferInputStream content;

  ColumnPages(PageReadStore group, ColumnDescriptor column) throws IOException {
    this.column = column;
    this.pages = group.getPageReader(column);
    DictionaryPage page = pages.readDictionaryPage();
    this.dictionary = page == null ? null : page.getEncoding().initDictionary(column, page);
  }

  /** Moves to the next page; false after the last. */
  boolean next() throws IOException {
    DataPage page = pages.readPage();
    if (page == null) {
      return false;
    }
    firstRow = page.getFirstRowIndex().orElse(firstRow + rows);
    rows = page.getValueCount();
    if (page instanceof DataPageV1 v1) {
      open(v1);
    } else {
      open((DataPageV2) page);
    }
    return true;
  }

  private void open(DataPageV1 page) throws IOException {
    content = page.getBytes().toInputStream();
    encoding = page.getValueEncoding();
    if (column.getMaxDefinitionLevel() > 0) {
      ValuesReader levels =
          page.getDlEncoding().getValuesReader(column, ValuesType.DEFINITION_LEVEL);
      levels.initFromPage(rows, content);
      missing = missing(levels::readInteger);
    }
  }

  private void open(DataPageV2 page) throws IOException {
    content = page.getData().toInputStream();
    encoding = page.getDataEncoding();
    if (column.getMaxDefinitionLevel() > 0) {
      BytesInput bytes = page.getDefinitionLevels();
      RunLengthBitPackingHybridDecoder levels =
          new RunLengthBitPackingHybridDecoder(1, bytes.toInputStream());
      missing = missing(levels::readInt);
    }
  }

  private interface Levels {
    int next() throws IOException;
  }

  /** The rows without a value; empty if all rows have one. */
  private boolean[] missing(Levels levels) throws IOException {
    boolean[] without = new boolean[rows];
    boolean any = false;
    for (int i = 0; i < rows; i++) {
      without[i] = levels.next() == 0;
      any |= without[i];
    }
    return any ? without : NONE;
  }

  /**
   * Advances to the page of a row; the pages in between are not decoded.
   *
   * @return whether the page has changed
   */
  boolean seek(long row) throws IOException {
    boolean moved = false;
    while (row >= firstRow + rows) {
      if (!next()) {
        throw new IllegalStateException(
            "Cannot scan for keys: the column ends before row %s: %s".formatted(row, column));
      }
      moved = true;
    }
    return moved;
  }

  ColumnDescriptor column() {
    return column;
  }

  long firstRow() {
    return firstRow;
  }

  int rows() {
    return rows;
  }

  /** Whether a row of this page lacks a value. */
  boolean isMissing(int index) {
    return missing.length > 0 && missing[index];
  }

  boolean hasMissing() {
    return missing.length > 0;
  }

  /** Whether the page has its values in plain encoding, one after the other. */
  boolean isPlain() {
    return encoding == Encoding.PLAIN;
  }

  boolean isDictionary() {
    return encoding.usesDictionary();
  }

  Dictionary dictionary() {
    return dictionary;
  }

  /** The bytes of a plain page. */
  ByteBufferInputStream content() {
    return content;
  }

  /** Reads the values of this page, without nulls. */
  ValuesReader values() throws IOException {
    ValuesReader values =
        isDictionary()
            ? encoding.getDictionaryBasedValuesReader(column, ValuesType.VALUES, dictionary)
            : encoding.getValuesReader(column, ValuesType.VALUES);
    values.initFromPage(rows, content);
    return values;
  }
}
