package dev.firn.engine.row;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Changes in pages that are never moved: a change is found by its address, the page in the upper
 * half and the place in it in the lower. Pages are small, as arrays of a megabyte and more are dear
 * to a garbage collector.
 */
final class ChangePages implements Serializable {

  private static final long serialVersionUID = 1L;

  /** Bytes of a page; a larger change has one of its own. */
  static final int PAGE = 256 << 10;

  /** What the first page begins with: many batches are small. */
  private static final int FIRST = 16 << 10;

  private final List<byte[]> pages = new ArrayList<>();
  private final List<Integer> ends = new ArrayList<>();
  private byte[] last = {};
  private int end;

  /**
   * Copies a change behind the others and answers its address.
   *
   * @param room bytes from there to the next one
   */
  long append(byte[] from, int offset, int size, int room) {
    if (end + room > last.length) {
      open(Math.max(room, pages.isEmpty() ? FIRST : PAGE));
    }
    System.arraycopy(from, offset, last, end, size);
    end += room;
    return address(pages.size() - 1, end - room);
  }

  /** Takes a page as it is, which is nobody else's any more; its number is the greatest. */
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

  /** The address of what begins here in the last page. */
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

  /** The pages with what is in them. */
  List<ChangePage> list() {
    List<ChangePage> list = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      list.add(new ChangePage(pages.get(i), i == pages.size() - 1 ? end : ends.get(i)));
    }
    return list;
  }
}
