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

  /** Points a view at the change of the n-th key. */
  public Change look(Change view, int ordinal) {
    return view.at(bytes, starts[ordinal]);
  }
}
