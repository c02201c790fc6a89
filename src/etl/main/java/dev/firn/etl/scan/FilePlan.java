package dev.firn.etl.scan;

import dev.firn.contract.Position;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Table;

/** The live data files of one snapshot of a table, of any partition spec. */
public final class FilePlan {

  private FilePlan() {}

  /** All live files of the snapshot. */
  public static FilePlan of(Table table, long snapshot, ScanColumns columns) {
    throw new UnsupportedOperationException();
  }

  /** Those that may hold some of the keys. */
  public static FilePlan of(Table table, long snapshot, ScanColumns columns, KeySet keys) {
    throw new UnsupportedOperationException();
  }

  /** Why the table's files cannot be scanned this way, if so; then SQL must do it. */
  public Optional<String> obstacle() {
    throw new UnsupportedOperationException();
  }

  public List<ScanFile> files() {
    throw new UnsupportedOperationException();
  }

  /** The files by partition, each list of one spec and one partition value. */
  public List<List<ScanFile>> partitions() {
    throw new UnsupportedOperationException();
  }

  /** Files all of whose rows are older than a position: a truncation removes them whole. */
  public List<ScanFile> before(Position position) {
    throw new UnsupportedOperationException();
  }

  /** Files that may hold rows on both sides of a position: see {@link PositionScan}. */
  public List<ScanFile> across(Position position) {
    throw new UnsupportedOperationException();
  }
}
