package dev.firn.engine.scan;

import dev.firn.contract.Position;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The live data files of one snapshot of a table, whatever their partition specs. Manifests and
 * files are skipped by Iceberg's bounds of the key.
 */
public final class FilePlan {

  private final List<ScanFile> files;
  private final Optional<String> obstacle;

  private FilePlan(List<ScanFile> files, Optional<String> obstacle) {
    this.files = files;
    this.obstacle = obstacle;
  }

  /** All live files of the snapshot. */
  public static FilePlan of(Table table, long snapshot, ScanColumns columns) {
    TableScan scan = table.newScan().useSnapshot(snapshot);
    return plan(table, scan, columns, Expressions.alwaysTrue());
  }

  /** The files that may contain some of the keys. */
  public static FilePlan of(Table table, long snapshot, ScanColumns columns, KeySet keys) {
    if (keys.isEmpty()) {
      return new FilePlan(List.of(), Optional.empty());
    }
    TableScan scan = table.newScan().useSnapshot(snapshot);
    Expression filter = filter(table.schema(), scan.schema(), columns, keys);
    FilePlan all = plan(table, scan, columns, filter);
    List<ScanFile> mayHold = all.files.stream().filter(file -> file.mayHold(keys)).toList();
    return new FilePlan(mayHold, all.obstacle);
  }

  /** A snapshot's schema may be older than the table's: the listing uses the names of both. */
  private static Expression filter(
      Schema table, Schema snapshot, ScanColumns columns, KeySet keys) {
    int first = columns.key().get(0).fieldId();
    String name = table.findColumnName(first);
    return name != null && name.equals(snapshot.findColumnName(first))
        ? KeyExpression.of(snapshot.findField(first), columns.kinds().get(0), keys.range())
        : Expressions.alwaysTrue();
  }

  private static FilePlan plan(
      Table table, TableScan scan, ScanColumns columns, Expression filter) {
    List<String> bounded =
        Stream.concat(columns.key().stream(), columns.position().stream())
            .map(field -> scan.schema().findColumnName(field.fieldId()))
            .filter(Objects::nonNull)
            .toList();
    FileBounds bounds = new FileBounds(columns);
    List<ScanFile> files = new ArrayList<>();
    Optional<String> obstacle = Optional.empty();
    try (CloseableIterable<FileScanTask> tasks =
        scan.filter(filter).includeColumnStats(bounded).planFiles()) {
      for (FileScanTask task : tasks) {
        obstacle = obstacle.or(() -> obstacle(task));
        files.add(bounds.scanFile(task));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list files of table " + table.name(), e);
    }
    return new FilePlan(files, obstacle);
  }

  private static Optional<String> obstacle(FileScanTask task) {
    if (task.file().format() != FileFormat.PARQUET) {
      return Optional.of("data file is not Parquet: " + task.file().location());
    }
    if (task.file().keyMetadata() != null) {
      return Optional.of("data file is encrypted: " + task.file().location());
    }
    return task.deletes().stream()
        .filter(delete -> delete.content() == FileContent.EQUALITY_DELETES)
        .map(delete -> "file has equality deletes: " + delete.location())
        .findFirst();
  }

  /** The reason if these files cannot be scanned; then SQL must find the rows. */
  public Optional<String> obstacle() {
    return obstacle;
  }

  public List<ScanFile> files() {
    return files;
  }

  /** Files whose rows are all older than a position: a truncation removes the whole files. */
  public List<ScanFile> before(Position position) {
    return files.stream().filter(file -> file.isBefore(position)).toList();
  }

  /**
   * Files that may contain both older and newer rows: {@link PositionScan} finds the older ones.
   */
  public List<ScanFile> across(Position position) {
    return files.stream()
        .filter(file -> !file.isBefore(position) && file.mayHoldBefore(position))
        .toList();
  }
}
