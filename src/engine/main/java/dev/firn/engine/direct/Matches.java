package dev.firn.engine.direct;

import dev.firn.contract.Position;
import dev.firn.engine.judge.Judge;
import java.io.Serializable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.roaringbitmap.RoaringBitmap;

/**
 * The places of the old rows of a range of keys. A key has one row; if a table has several rows of
 * a key, the newest counts and the others are {@link #surplus()}.
 */
final class Matches implements Serializable {

  private static final long serialVersionUID = 1L;

  private static final int NONE = -1;

  private final int[] file;
  private final int[] row;
  private final int[] epoch;
  private final long[] lsn;
  private final long[] seq;
  private final BitSet buried = new BitSet();
  private final Map<Integer, Position> tombstones = new HashMap<>();
  private final Map<Integer, RoaringBitmap> surplus = new TreeMap<>();

  /**
   * @param keys the number of keys
   */
  Matches(int keys) {
    this.file = new int[keys];
    this.row = new int[keys];
    this.epoch = new int[keys];
    this.lsn = new long[keys];
    this.seq = new long[keys];
    Arrays.fill(file, NONE);
  }

  /** The matches of any number of keys, none of which has a row. */
  static Matches none() {
    return new Matches(0);
  }

  /** Adds a row that a scan has found. */
  void add(int key, int itsFile, long itsRow, Position position) {
    int place = Math.toIntExact(itsRow);
    if (file[key] != NONE) {
      boolean newer = position.isAfter(new Position(epoch[key], lsn[key], seq[key]));
      int older = newer ? file[key] : itsFile;
      surplus.computeIfAbsent(older, none -> new RoaringBitmap()).add(newer ? row[key] : place);
      if (!newer) {
        return;
      }
    }
    file[key] = itsFile;
    row[key] = place;
    epoch[key] = position.epoch();
    lsn[key] = position.lsn();
    seq[key] = position.seq();
  }

  /**
   * Adds the rows that a scan of a data file has found; rows below the truncation count as deleted.
   */
  void addAll(FoundInFile found, Judge judge) {
    for (int i = 0; i < found.size(); i++) {
      Position position = found.position(i);
      boolean isKnown = !position.equals(Position.NONE);
      if (!isKnown || !judge.truncatedAt().isAfter(position)) {
        add(found.key(i), found.file(), found.row(i), position);
      }
    }
  }

  /** Adds the tombstones that a scan has found. */
  void buryAll(FoundInFile found) {
    for (int i = 0; i < found.size(); i++) {
      bury(found.key(i), found.position(i));
    }
  }

  /** Adds a tombstone that a scan has found; the newest of a key counts. */
  void bury(int key, Position position) {
    buried.set(key);
    tombstones.merge(key, position, (one, other) -> one.isAfter(other) ? one : other);
  }

  boolean hasRow(int key) {
    return key < file.length && file[key] != NONE;
  }

  /** The index of the file among the {@link TaskInput#files}. */
  int file(int key) {
    return file[key];
  }

  int row(int key) {
    return row[key];
  }

  /**
   * The position of the old row; {@link Position#NONE} if it was sufficient to know that the row is
   * older.
   */
  Optional<Position> position(int key) {
    return hasRow(key)
        ? Optional.of(new Position(epoch[key], lsn[key], seq[key]))
        : Optional.empty();
  }

  Optional<Position> tombstone(int key) {
    return buried.get(key) ? Optional.ofNullable(tombstones.get(key)) : Optional.empty();
  }

  /** Rows to remove in addition to those of the outcomes, by file. */
  Map<Integer, RoaringBitmap> surplus() {
    return surplus;
  }
}
