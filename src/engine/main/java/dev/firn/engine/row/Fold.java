package dev.firn.engine.row;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Folds changes by key: only one change of each key is kept. Folding is commutative and
 * associative, so neither the order of events nor their split into files and tasks matters, and
 * folded parts can be folded again with others. Memory is bounded by the changes that are kept: the
 * caller checks {@link #isFull()} and drains the fold.
 */
public final class Fold {

  /** The fold is full when its changes have this many bytes. */
  static final int FULL = 32 << 20;

  /** The size of a change that no longer fits its place is rounded up to a multiple of this. */
  private static final int ROOM = 64;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final ChangeMerge merge;
  private final FoldedChange incoming;
  private final FoldedChange existing;
  private ChangePages pages = new ChangePages();
  private long live;
  private long dead;
  private long[] addresses = new long[256];
  private int[] hashes = new int[256];
  private int count;
  private int[] slots = new int[1024];
  private boolean unchanged;
  private boolean deletes;

  public Fold(RowShape shape) {
    this.merge = new ChangeMerge(shape);
    this.incoming = new FoldedChange(shape);
    this.existing = new FoldedChange(shape);
  }

  /** Adds a copy of the change that starts here. */
  public void add(byte[] from, int offset) {
    int hash = look(from, offset);
    int slot = slot(hash, from, incoming.keyStart(), incoming.keyLength());
    if (slots[slot] == 0) {
      put(slot, hash, pages.append(from, offset, incoming.size(), incoming.size()));
    } else {
      fold(slots[slot] - 1);
      compactIfMostlyDead();
    }
  }

  /** Adds the changes of a page, and keeps the page itself: the caller must not use it any more. */
  public void adopt(ChangePage page) {
    byte[] bytes = page.bytes();
    pages.adopt(page);
    long first = pages.addressInLast(0);
    for (int at = 0; at < page.length(); at += FoldedChange.sizeAt(bytes, at)) {
      if (!existing.at(bytes, at).isReplaced()) {
        adopt(bytes, at, first + at);
      }
    }
    compactIfMostlyDead();
  }

  private void adopt(byte[] page, int offset, long address) {
    int hash = look(page, offset);
    int slot = slot(hash, page, incoming.keyStart(), incoming.keyLength());
    if (slots[slot] == 0) {
      put(slot, hash, address);
    } else {
      fold(slots[slot] - 1);
      FoldedChange.replace(page, offset);
      dead += incoming.size();
    }
  }

  /** Points the view at the incoming change and returns the hash of its key. */
  private int look(byte[] from, int offset) {
    incoming.at(from, offset);
    unchanged |= incoming.hasUnchanged();
    deletes |= incoming.isDeleted();
    return hash(from, incoming.keyStart(), incoming.keyLength());
  }

  public void addAll(ChangePage page) {
    byte[] bytes = page.bytes();
    for (int at = 0; at < page.length(); at += FoldedChange.sizeAt(bytes, at)) {
      if (!existing.at(bytes, at).isReplaced()) {
        add(bytes, at);
      }
    }
  }

  public boolean isFull() {
    return live >= FULL;
  }

  public boolean isEmpty() {
    return count == 0;
  }

  /** Removes and returns all changes, one for each key, in no order. */
  public ChangeBlock drain() {
    ChangeBlock block = new ChangeBlock(pages.list(), count, live, unchanged, deletes);
    pages = new ChangePages();
    live = 0;
    dead = 0;
    count = 0;
    unchanged = false;
    deletes = false;
    Arrays.fill(slots, 0);
    return block;
  }

  /** All changes in the order of their keys; afterwards nothing may be added. */
  public SortedChanges sorted() {
    return new SortedChanges(pages, new KeyOrder(pages).sort(Arrays.copyOf(addresses, count)));
  }

  private void put(int slot, int hash, long address) {
    if (count == addresses.length) {
      addresses = Arrays.copyOf(addresses, 2 * count);
      hashes = Arrays.copyOf(hashes, 2 * count);
    }
    live += incoming.size();
    hashes[count] = hash;
    addresses[count++] = address;
    slots[slot] = count;
    if (2 * count > slots.length) {
      rehash();
    }
  }

  private void fold(int entry) {
    look(entry);
    int order = incoming.compareTo(existing.epoch(), existing.lsn(), existing.seq());
    FoldedChange later = order > 0 || (order == 0 && incoming.hasUnchanged()) ? incoming : existing;
    FoldedChange earlier = later == incoming ? existing : incoming;
    if (later.hasUnchanged()) {
      replace(entry, merge.merge(later, earlier), 0);
      return;
    }
    long events = incoming.events() + existing.events();
    long newest = order == 0 ? incoming.newest() + existing.newest() : later.newest();
    if (later == incoming) {
      replace(entry, incoming.buffer(), incoming.start());
    }
    look(entry);
    FoldedChange.count(existing.buffer(), existing.start(), events, newest);
  }

  private void look(int entry) {
    existing.at(pages.page(addresses[entry]), ChangePages.offset(addresses[entry]));
  }

  private void replace(int entry, byte[] from, int offset) {
    look(entry);
    int size = FoldedChange.sizeAt(from, offset);
    int old = existing.size();
    if (size <= old && 2 * size >= old) {
      System.arraycopy(from, offset, existing.buffer(), existing.start(), size);
      FoldedChange.resize(existing.buffer(), existing.start(), old);
      return;
    }
    // A key that has changed often will change again: with spare room its change stays in place.
    int room = (size + ROOM - 1) / ROOM * ROOM;
    FoldedChange.replace(existing.buffer(), existing.start());
    live += room - old;
    dead += old;
    addresses[entry] = pages.append(from, offset, size, room);
    look(entry);
    FoldedChange.resize(existing.buffer(), existing.start(), room);
  }

  private void compactIfMostlyDead() {
    if (dead <= FULL / 4 || dead <= live / 2) {
      return;
    }
    ChangePages compacted = new ChangePages();
    for (int i = 0; i < count; i++) {
      look(i);
      addresses[i] =
          compacted.append(existing.buffer(), existing.start(), existing.size(), existing.size());
    }
    pages = compacted;
    dead = 0;
  }

  private void rehash() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int i = 0; i < count; i++) {
      int slot = hashes[i] & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = i + 1;
    }
  }

  /** The slot of a key, or the empty slot for it. */
  private int slot(int hash, byte[] from, int start, int length) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (slots[slot] != 0
        && (hashes[slots[slot] - 1] != hash || !isKeyOf(slots[slot] - 1, from, start, length))) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private boolean isKeyOf(int entry, byte[] from, int start, int length) {
    byte[] page = pages.page(addresses[entry]);
    int at = ChangePages.offset(addresses[entry]);
    return FoldedChange.keyLengthAt(page, at) == length
        && Arrays.equals(
            page,
            at + FoldedChange.KEY,
            at + FoldedChange.KEY + length,
            from,
            start,
            start + length);
  }

  private static int hash(byte[] from, int start, int length) {
    long hash = length;
    int at = start;
    for (; at + Long.BYTES <= start + length; at += Long.BYTES) {
      hash = mix(hash ^ (long) LONG.get(from, at));
    }
    for (; at < start + length; at++) {
      hash = mix(hash ^ from[at]);
    }
    return (int) hash;
  }

  // The finalizer of MurmurHash3: every input bit affects half of the output bits.
  private static long mix(long value) {
    long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
