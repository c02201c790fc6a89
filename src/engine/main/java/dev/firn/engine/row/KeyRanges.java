package dev.firn.engine.row;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Parts that each contain one range of keys, with about the same number of keys. */
public final class KeyRanges implements ChangePartitions {

  private static final long serialVersionUID = 1L;

  /** The first keys of all parts except the first part. */
  private final byte[][] begins;

  private KeyRanges(byte[][] begins) {
    this.begins = begins;
  }

  /** All changes in one part. */
  public static KeyRanges one() {
    return new KeyRanges(new byte[0][]);
  }

  /**
   * Creates the wanted number of parts, or fewer if the sample has fewer keys.
   *
   * @param sample keys from the whole of the changes
   */
  public static KeyRanges of(List<byte[]> sample, int parts) {
    List<byte[]> sorted = new ArrayList<>(sample);
    sorted.sort(Arrays::compareUnsigned);
    List<byte[]> begins = new ArrayList<>();
    for (int part = 1; part < parts; part++) {
      byte[] begin = sorted.get((int) ((long) sorted.size() * part / parts));
      if (begins.isEmpty() || !Arrays.equals(begin, begins.get(begins.size() - 1))) {
        begins.add(begin);
      }
    }
    return new KeyRanges(begins.toArray(byte[][]::new));
  }

  @Override
  public int count() {
    return begins.length + 1;
  }

  @Override
  public int of(FoldedChange change) {
    int low = 0;
    int high = begins.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (change.compareKey(begins[middle]) >= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
