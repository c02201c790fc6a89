package dev.firn.etl.row;

import java.io.Serializable;

/** Changes of distinct keys in the order of these. */
public final class SortedChanges implements Serializable {

  private static final long serialVersionUID = 1L;

  private final byte[] bytes;
  private final int[] starts;

  SortedChanges(byte[] bytes, int[] starts) {
    this.bytes = bytes;
    this.starts = starts;
  }

  public int size() {
    return starts.length;
  }

  /** The keys alone. */
  public SortedKeys keys() {
    int length = 0;
    int[] ends = new int[starts.length];
    for (int i = 0; i < starts.length; i++) {
      length += Change.keyLengthAt(bytes, starts[i]);
      ends[i] = length;
    }
    byte[] keys = new byte[length];
    for (int i = 0, at = 0; i < starts.length; at = ends[i++]) {
      System.arraycopy(bytes, starts[i] + Change.KEY, keys, at, ends[i] - at);
    }
    return new SortedKeys(keys, ends);
  }

  /** Points a view at the change of the n-th key. */
  public Change look(Change view, int ordinal) {
    return view.at(bytes, starts[ordinal]);
  }
}
