package dev.firn.engine.row;

import java.io.Serializable;

/** Changes of distinct keys, sorted by key. */
public final class SortedChanges implements Serializable {

  private static final long serialVersionUID = 1L;

  private final ChangePages pages;
  private final long[] starts;

  SortedChanges(ChangePages pages, long[] starts) {
    this.pages = pages;
    this.starts = starts;
  }

  public int size() {
    return starts.length;
  }

  /** Only the keys. */
  public SortedKeys keys() {
    int length = 0;
    int[] ends = new int[starts.length];
    for (int i = 0; i < starts.length; i++) {
      length += keyLength(starts[i]);
      ends[i] = length;
    }
    byte[] keys = new byte[length];
    for (int i = 0, at = 0; i < starts.length; at = ends[i++]) {
      int key = ChangePages.offset(starts[i]) + FoldedChange.KEY;
      System.arraycopy(pages.page(starts[i]), key, keys, at, ends[i] - at);
    }
    return new SortedKeys(keys, ends);
  }

  private int keyLength(long start) {
    return FoldedChange.keyLengthAt(pages.page(start), ChangePages.offset(start));
  }

  /** Points a view at the change of the n-th key. */
  public FoldedChange look(FoldedChange view, int ordinal) {
    return view.at(pages.page(starts[ordinal]), ChangePages.offset(starts[ordinal]));
  }
}
