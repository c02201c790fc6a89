package dev.firn.engine.row;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes in pages that are never moved. The address of a change has the page in its upper half and
 * the offset in its lower half. Pages are small, because arrays of a megabyte and more are
 * expensive for the garbage collector.
 */
final class ChangePages implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Bytes of a page; a larger change has a separate page. */
  static final int PAGE = 256 << 10;

  /** The initial size of the first page: many batches are small. */
  private static final int FIRST = 16 << 10;

  private final List<byte[]> pages = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private byte[] last = {};
  private int end;

  /**
   * Appends a copy of a change and returns its address.
   *
   * @param room bytes from its start to the next change
   */
  long append(byte[] from, int offset, int size, int room) {
    if (end + room > last.length) {
      open(Math.max(room, pages.isEmpty() ? FIRST : PAGE));
    }
    System.arraycopy(from, offset, last, end, size);
    end += room;
    return address(pages.size() - 1, end - room);
  }

  /**
   * Adds a page without a copy; the caller must not use it any more. It gets the greatest number.
   */
  void adopt(ChangePage page) {
    begin(page.bytes(), page.length());
  }

  private void open(int size) {
    begin(new byte[size], 0);
  }

  private void begin(byte[] page, int used) {
    if (!pages.isEmpty()) {
      ends.set(pages.size() - 1, end);
    }
    last = page;
    end = used;
    pages.add(last);
    ends.add(used);
  }

  /** The address of this offset in the last page. */
  long addressInLast(int offset) {
    return address(pages.size() - 1, offset);
  }

  private static long address(int page, int offset) {
    return (long) page << 32 | offset;
  }

  byte[] page(long address) {
    return pages.get((int) (address >>> 32));
  }

  static int offset(long address) {
    return (int) address;
  }

  /** The pages with their contents. */
  List<ChangePage> list() {
    List<ChangePage> list = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      list.add(new ChangePage(pages.get(i), i == pages.size() - 1 ? end : ends.get(i)));
    }
    return list;
  }
}
