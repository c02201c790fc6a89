package dev.firn.etl.row;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Changes one behind the other, one a key; see {@link Change}.
 *
 * @param unchanged some event did not know all its row's values
 * @param deletes some event left no row
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared: it is a piece of a stream.
public record ChangeBlock(byte[] bytes, int changes, boolean unchanged, boolean deletes)
    implements Serializable {

  private static final int MIN_PART = 1 << 10;

  /** Some of the keys, evenly from all over the block. */
  public List<byte[]> sampleKeys(RowShape shape, int wanted) {
    Change change = new Change(shape);
    List<byte[]> sample = new ArrayList<>();
    int step = Math.max(1, changes / wanted);
    int place = 0;
    for (int at = 0; at < bytes.length; at += change.size()) {
      change.at(bytes, at);
      if (place++ % step == 0) {
        sample.add(change.key());
      }
    }
    return sample;
  }

  /** The changes of each part, one behind the other; empty where there are none. */
  public byte[][] split(RowShape shape, ChangePartitions partitions) {
    Change change = new Change(shape);
    byte[][] parts = new byte[partitions.count()][0];
    int[] used = new int[parts.length];
    for (int at = 0; at < bytes.length; at += change.size()) {
      int part = partitions.of(change.at(bytes, at));
      int end = used[part] + change.size();
      if (end > parts[part].length) {
        parts[part] = Arrays.copyOf(parts[part], Math.max(MIN_PART, 2 * end));
      }
      System.arraycopy(bytes, at, parts[part], used[part], change.size());
      used[part] = end;
    }
    for (int part = 0; part < parts.length; part++) {
      parts[part] = Arrays.copyOf(parts[part], used[part]);
    }
    return parts;
  }
}
