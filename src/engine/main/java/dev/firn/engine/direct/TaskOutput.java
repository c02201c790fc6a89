package dev.firn.engine.direct;

import dev.firn.engine.judge.Forgotten;
import dev.firn.engine.judge.Tallies;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.roaringbitmap.RoaringBitmap;

/** The files that the tasks wrote for their changes, to be committed together. */
final class TaskOutput implements Serializable {

  private static final long serialVersionUID = 1L;

  final List<DataFile> rows = new ArrayList<>();
  final List<DataFile> tombstones = new ArrayList<>();
  final Tallies tallies = new Tallies();
  Forgotten forgotten = Forgotten.NONE;

  /** Rows to delete, by file, for which no delete file is written yet. */
  final Map<Integer, RoaringBitmap> removed = new TreeMap<>();

  final List<DeleteFile> deletes = new ArrayList<>();

  /** Earlier delete files whose content is included in the {@link #deletes}. */
  final List<DeleteFile> replaced = new ArrayList<>();

  /** Data files that the {@link #deletes} refer to. */
  final List<String> referenced = new ArrayList<>();

  void remove(int file, int row) {
    removed.computeIfAbsent(file, none -> new RoaringBitmap()).add(row);
  }

  void removeAll(Map<Integer, RoaringBitmap> more) {
    more.forEach(
        (file, itsRows) -> removed.computeIfAbsent(file, none -> new RoaringBitmap()).or(itsRows));
  }

  TaskOutput plus(TaskOutput other) {
    rows.addAll(other.rows);
    tombstones.addAll(other.tombstones);
    tallies.addAll(other.tallies);
    forgotten = forgotten.plus(other.forgotten);
    removeAll(other.removed);
    deletes.addAll(other.deletes);
    replaced.addAll(other.replaced);
    referenced.addAll(other.referenced);
    return this;
  }
}
