package dev.firn.engine.row;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The changes that a task has read, one for each key.
 *
 * @param bytes of the changes
 * @param unchanged at least one event lacked values of its row
 * @param deletes at least one event deleted its row
 */
public record ChangeBlock(
    List<ChangePage> pages, int changes, long bytes, boolean unchanged, boolean deletes)
    implements Serializable {

  /** An even sample of the block's keys. */
  public List<byte[]> sampleKeys(RowShape shape, int wanted) {
    FoldedChange change = new FoldedChange(shape);
    List<byte[]> sample = new ArrayList<>();
    int step = Math.max(1, changes / wanted);
    int place = 0;
    for (ChangePage page : pages) {
      for (int at = 0; at < page.length(); at += change.size()) {
        change.at(page.bytes(), at);
        if (!change.isReplaced() && place++ % step == 0) {
          sample.add(change.key());
        }
      }
    }
    return sample;
  }
}
