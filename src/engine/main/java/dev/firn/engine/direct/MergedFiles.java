package dev.firn.engine.direct;

import dev.firn.engine.judge.Forgotten;
import dev.firn.engine.judge.Tallies;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.RowDelta;

/** The files of a merged batch, written but not yet committed. */
public final class MergedFiles {

  private final TaskOutput written;
  private final List<DataFile> removed;
  private final String plan;

  MergedFiles(TaskOutput written, List<DataFile> removed, String plan) {
    this.written = written;
    this.removed = removed;
    this.plan = plan;
  }

  /** The files of a batch that changes nothing. */
  public static MergedFiles none() {
    return new MergedFiles(new TaskOutput(), List.of(), "nothing to do");
  }

  public Tallies tallies() {
    return written.tallies;
  }

  /** Changes that could not be judged and are in none of the files. */
  public Forgotten forgotten() {
    return written.forgotten;
  }

  /** The physical plan, in one line for people. */
  public String plan() {
    return plan;
  }

  /**
   * Must be committed before the rows: without its tombstone, a delete could be undone by a late
   * event.
   */
  public List<DataFile> tombstones() {
    return written.tombstones;
  }

  /** Puts all changes of the table into one commit. */
  public void addTo(RowDelta delta) {
    written.rows.forEach(delta::addRows);
    written.deletes.forEach(delta::addDeletes);
    written.replaced.forEach(delta::removeDeletes);
    removed.forEach(delta::removeRows);
    delta.validateDataFilesExist(written.referenced);
  }

  /** The locations of all new files of the table, to delete them if they are not committed. */
  public List<String> locations() {
    return locations(written.rows, written.deletes);
  }

  /** The locations of the {@link #tombstones()}. */
  public List<String> tombstoneLocations() {
    return locations(written.tombstones, List.of());
  }

  private static List<String> locations(
      List<DataFile> files, List<? extends ContentFile<?>> others) {
    return Stream.<List<? extends ContentFile<?>>>of(files, others)
        .flatMap(List::stream)
        .map(ContentFile::location)
        .distinct()
        .toList();
  }
}
