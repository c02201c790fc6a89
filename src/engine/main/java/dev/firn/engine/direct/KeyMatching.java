package dev.firn.engine.direct;

import dev.firn.contract.Position;
import dev.firn.engine.row.KeyColumns;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.row.SortedKeys;
import dev.firn.engine.scan.KeyScan;
import dev.firn.engine.scan.KeySet;
import dev.firn.engine.scan.KeySetBuilder;
import dev.firn.engine.scan.ScanColumns;
import dev.firn.engine.scan.ScanFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.BinPacking.ListPacker;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * Finds the rows and the tombstones of keys: in the driver if there are few rows to search,
 * otherwise in tasks, each of which searches one file or several small ones.
 */
final class KeyMatching {

  /** Rows whose keys one task compares, if no page can be skipped. */
  private static final long TASK_ROWS = 1_000_000;

  /** Up to this many rows and files, tasks would cost more than the search. */
  private static final long HERE_ROWS = 200_000;

  private static final int HERE_FILES = 8;

  /** A file, and its index among all files. */
  private record Place(int index, ScanFile file) implements Serializable {}

  /** The keys to search for. It is serialized to the executors. */
  private record Search(Table table, ScanColumns columns, Position lowest, KeySet keys)
      implements Serializable {

    List<FoundInFile> in(List<Place> places) {
      KeyScan scan = new KeyScan(table.io(), columns, keys);
      List<FoundInFile> found = new ArrayList<>();
      for (Place place : places) {
        FoundInFile rows = new FoundInFile(place.index());
        scan.scan(place.file(), lowest, rows);
        found.add(rows);
      }
      return found;
    }
  }

  private final JavaSparkContext spark;
  private final TaskInput work;
  private final KeySet keys;

  KeyMatching(JavaSparkContext spark, TaskInput work, KeySet keys) {
    this.spark = spark;
    this.work = work;
    this.keys = keys;
  }

  /** Keys in the order of the blocks. */
  static KeySet keys(RowShape shape, List<SortedKeys> blocks) {
    KeySetBuilder builder = KeySet.builder(new KeyColumns(shape).kinds());
    for (SortedKeys keys : blocks) {
      for (int i = 0; i < keys.size(); i++) {
        builder.add(keys.bytes(), keys.start(i), keys.ends()[i] - keys.start(i));
      }
    }
    return builder.build();
  }

  /**
   * Finds old rows in the work's files, and tombstones.
   *
   * @param tombstones files of the tombstone table that may contain relevant tombstones
   */
  Matches find(List<ScanFile> tombstones) {
    Matches matches = new Matches(keys.size());
    if (keys.isEmpty()) {
      return matches;
    }
    Search rows = new Search(work.mirror(), work.columns(), work.lowest(), keys);
    find(rows, work.files()).forEach(found -> matches.addAll(found, work.judge()));
    for (Table table : work.tombstones()) {
      ScanColumns columns = ScanColumns.of(work.shape(), table.schema());
      Search buried = new Search(table, columns, work.lowest(), keys);
      find(buried, tombstones).forEach(matches::buryAll);
    }
    return matches;
  }

  private List<FoundInFile> find(Search search, List<ScanFile> files) {
    List<Place> places = places(files);
    long rows = places.stream().mapToLong(place -> place.file().recordCount()).sum();
    if (rows <= HERE_ROWS && places.size() <= HERE_FILES) {
      return search.in(places);
    }
    List<List<Place>> groups = pack(places);
    Broadcast<Search> searched = spark.broadcast(search);
    List<FoundInFile> found =
        spark
            .parallelize(groups, groups.size())
            .flatMap(group -> searched.value().in(group).iterator())
            .collect();
    searched.destroy();
    return found;
  }

  /** The rows of the files that may contain keys. */
  private List<Place> places(List<ScanFile> files) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      if (files.get(i).mayHold(keys)) {
        places.add(new Place(i, files.get(i)));
      }
    }
    return places;
  }

  /** Groups neighbouring files, as many as fill a task. */
  private static List<List<Place>> pack(List<Place> places) {
    return new ListPacker<Place>(TASK_ROWS, 1, false)
        .pack(places, place -> place.file().recordCount());
  }
}
