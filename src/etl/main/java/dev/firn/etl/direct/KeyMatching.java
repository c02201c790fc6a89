package dev.firn.etl.direct;

import dev.firn.etl.scan.KeyScan;
import dev.firn.etl.scan.KeySet;
import dev.firn.etl.scan.ScanColumns;
import dev.firn.etl.scan.ScanFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Table;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Finds the rows of keys in files of one table, several small files in one task. */
final class KeyMatching {

  /** Rows whose keys a task looks at, where no page can be left out. */
  private static final long TASK_ROWS = 1_000_000;

  /** A file, and its place among all. */
  private record Place(int index, ScanFile file) implements Serializable {}

  private final JavaSparkContext spark;
  private final Broadcast<Work> work;
  private final Broadcast<KeySet> keys;

  KeyMatching(JavaSparkContext spark, Broadcast<Work> work, Broadcast<KeySet> keys) {
    this.spark = spark;
    this.work = work;
    this.keys = keys;
  }

  /** Finds old rows; each answer names its file by its place among the work's. */
  List<FoundInFile> rows() {
    List<Place> places = places(work.value().files());
    ScanColumns columns = work.value().columns();
    Broadcast<Work> all = work;
    Broadcast<KeySet> wanted = keys;
    return find(places, group -> scan(group, all.value().mirror(), columns, all, wanted));
  }

  /** Finds tombstones in files of their table. */
  List<FoundInFile> tombstones(Table table, List<ScanFile> files) {
    ScanColumns columns = ScanColumns.of(work.value().shape(), table.schema());
    Broadcast<Work> all = work;
    Broadcast<KeySet> wanted = keys;
    return find(
        places(files), group -> scan(group, all.value().tombstones().get(0), columns, all, wanted));
  }

  private List<FoundInFile> find(
      List<Place> places,
      org.apache.spark.api.java.function.FlatMapFunction<List<Place>, FoundInFile> scan) {
    KeySet set = keys.value();
    List<Place> some = places.stream().filter(place -> place.file().mayHold(set)).toList();
    List<List<Place>> groups = pack(some);
    return groups.isEmpty()
        ? List.of()
        : spark.parallelize(groups, groups.size()).flatMap(scan).collect();
  }

  private static java.util.Iterator<FoundInFile> scan(
      List<Place> group,
      Table table,
      ScanColumns columns,
      Broadcast<Work> work,
      Broadcast<KeySet> keys) {
    KeyScan scan = new KeyScan(table.io(), columns, keys.value());
    List<FoundInFile> found = new ArrayList<>();
    for (Place place : group) {
      FoundInFile rows = new FoundInFile(place.index());
      scan.scan(place.file(), work.value().lowest(), rows);
      found.add(rows);
    }
    return found.iterator();
  }

  private static List<Place> places(List<ScanFile> files) {
    List<Place> places = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      places.add(new Place(i, files.get(i)));
    }
    return places;
  }

  private static List<List<Place>> pack(List<Place> places) {
    List<List<Place>> groups = new ArrayList<>();
    List<Place> group = new ArrayList<>();
    long rows = 0;
    for (Place place : places) {
      if (!group.isEmpty() && rows + place.file().recordCount() > TASK_ROWS) {
        groups.add(group);
        group = new ArrayList<>();
        rows = 0;
      }
      group.add(place);
      rows += place.file().recordCount();
    }
    if (!group.isEmpty()) {
      groups.add(group);
    }
    return groups;
  }
}
