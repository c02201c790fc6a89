package dev.firn.engine.row;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import scala.Tuple2;

/** Splits the changes of blocks into parts, and returns each page as soon as it is full. */
public final class ChangeSplit implements Iterator<Tuple2<Integer, ChangePage>> {

  private static final int PAGE = 64 << 10;

  private static final byte[] EMPTY = {};

  private final Iterator<ChangeBlock> blocks;
  private final ChangePartitions partitions;
  private final FoldedChange change;
  private final byte[][] buffers;
  private final int[] used;
  private final Deque<Tuple2<Integer, ChangePage>> full = new ArrayDeque<>();
  private Iterator<ChangePage> pages = java.util.Collections.emptyIterator();

  public ChangeSplit(Iterator<ChangeBlock> blocks, RowShape shape, ChangePartitions partitions) {
    this.blocks = blocks;
    this.partitions = partitions;
    this.change = new FoldedChange(shape);
    this.buffers = new byte[partitions.count()][0];
    this.used = new int[partitions.count()];
  }

  @Override
  public boolean hasNext() {
    while (full.isEmpty() && advance()) {}
    return !full.isEmpty();
  }

  @Override
  public Tuple2<Integer, ChangePage> next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all changes were split");
    }
    return full.remove();
  }

  private boolean advance() {
    if (pages.hasNext()) {
      split(pages.next());
      return true;
    }
    if (blocks.hasNext()) {
      pages = blocks.next().pages().iterator();
      return true;
    }
    for (int part = 0; part < used.length; part++) {
      flush(part);
    }
    return false;
  }

  private void split(ChangePage page) {
    for (int at = 0; at < page.length(); at += change.size()) {
      if (!change.at(page.bytes(), at).isReplaced()) {
        append(partitions.of(change));
      }
    }
  }

  private void append(int part) {
    int size = change.size();
    if (used[part] + size > buffers[part].length) {
      flush(part);
      buffers[part] = new byte[Math.max(PAGE, size)];
    }
    System.arraycopy(change.buffer(), change.start(), buffers[part], used[part], size);
    used[part] += size;
  }

  private void flush(int part) {
    if (used[part] > 0) {
      boolean isNearlyFull = 8L * used[part] > 7L * buffers[part].length;
      byte[] bytes = isNearlyFull ? buffers[part] : Arrays.copyOf(buffers[part], used[part]);
      full.add(new Tuple2<>(part, new ChangePage(bytes, used[part])));
      buffers[part] = EMPTY;
      used[part] = 0;
    }
  }
}
