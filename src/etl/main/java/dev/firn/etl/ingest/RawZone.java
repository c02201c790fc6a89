package dev.firn.etl.ingest;

import dev.firn.console.OperatorException;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import dev.firn.etl.schema.SchemaDocuments;
import dev.firn.etl.schema.SnapshotRecords;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Lists the raw zone, on any file system Hadoop knows. */
public final class RawZone {

  /** What the names of folders begin with, from the table's to a day's. */
  private static final List<String> LEVELS = List.of("year=", "month=", "day=");

  private final Path root;
  private final FileSystem files;

  /** The root's path, without scheme and bucket. */
  private final String base;

  public RawZone(String root, Configuration hadoop) {
    this.root = new Path(root);
    try {
      this.files = this.root.getFileSystem(hadoop);
      this.base = files.makeQualified(this.root).toUri().getPath();
    } catch (IOException e) {
      throw refusal(e.getMessage(), root, e);
    } catch (LinkageError e) {
      throw refusal("a class is missing: " + e.getMessage(), root, e);
    }
  }

  private static OperatorException refusal(String why, String root, Throwable cause) {
    return new OperatorException(
        "Cannot open raw zone: %s: %s".formatted(why, root),
        "Look at raw, and whether its file system is on the class path.",
        cause);
  }

  public String root() {
    return root.toString();
  }

  /** The tables that have a folder, in the order of their names. */
  public List<TableToken> tables() {
    return tablesIn(root);
  }

  /** The tables that have a schema document, in the order of their names. */
  public List<TableToken> documentedTables() {
    return tablesIn(new Path(root, RawPath.SCHEMAS));
  }

  private List<TableToken> tablesIn(Path folder) {
    return list(folder).stream()
        .filter(FileStatus::isDirectory)
        .map(status -> status.getPath().getName())
        .filter(TableToken::isValid)
        .map(TableToken::new)
        .sorted()
        .toList();
  }

  public List<SchemaDocument> schemaDocuments(TableToken table) {
    try {
      return SchemaDocuments.of(files, root, table);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list schema documents of " + table, e);
    }
  }

  /** The records of the complete copies of a table, in the order of their positions. */
  public List<SnapshotRecord> snapshotRecords(TableToken table) {
    try {
      return SnapshotRecords.of(files, root, table);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list snapshot records of " + table, e);
    }
  }

  /**
   * The files of a table in hour folders of the day of {@code horizon} and later, by path. Files
   * that are still being written, or hidden, are not among them. Days before are not looked at. On
   * S3 a day is listed as a whole: a request for each thousand files, and some for the folders
   * above; elsewhere each folder is listed.
   */
  public List<RawFile> files(TableToken table, Instant horizon) {
    List<RawFile> found = new ArrayList<>();
    for (Path day : days(table, RawPath.dayFolder(table, horizon))) {
      listDay(day).stream()
          .filter(RawZone::isData)
          .filter(file -> isHour(relative(file.getPath().getParent())))
          .map(file -> new RawFile(relative(file.getPath()), file.getLen()))
          .forEach(found::add);
    }
    found.sort(Comparator.comparing(RawFile::path));
    return found;
  }

  // Names of folders are of one length on each level, and so sort as their dates do.
  private List<Path> days(TableToken table, String first) {
    List<Path> folders = List.of(new Path(root, table.value()));
    for (String level : LEVELS) {
      folders =
          folders.stream()
              .flatMap(folder -> list(folder).stream())
              .filter(FileStatus::isDirectory)
              .map(FileStatus::getPath)
              .filter(folder -> folder.getName().startsWith(level))
              .filter(folder -> !isBefore(relative(folder), first))
              .toList();
    }
    return folders;
  }

  private static boolean isBefore(String folder, String first) {
    return folder.compareTo(first.substring(0, Math.min(folder.length(), first.length()))) < 0;
  }

  private static boolean isHour(String folder) {
    return folder.chars().filter(letter -> letter == '/').count() == LEVELS.size() + 1
        && RawPath.hourOf(folder).isPresent();
  }

  /** Below the root. */
  private String relative(Path path) {
    return path.toUri().getPath().substring(base.length() + 1);
  }

  private static boolean isData(FileStatus status) {
    String name = status.getPath().getName();
    return status.isFile() && !name.startsWith("_") && !name.startsWith(".");
  }

  private List<FileStatus> list(Path folder) {
    try {
      return List.of(files.listStatus(folder));
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list raw folder " + folder, e);
    }
  }

  // Where folders are real, Hadoop's own listing in depth asks for owner and rights of each file,
  // and on local disk by a process for each.
  private List<FileStatus> listDay(Path day) {
    return files.getUri().getScheme().startsWith("s3")
        ? listBelow(day)
        : list(day).stream()
            .filter(FileStatus::isDirectory)
            .flatMap(hour -> list(hour.getPath()).stream())
            .toList();
  }

  private List<FileStatus> listBelow(Path folder) {
    try {
      List<FileStatus> found = new ArrayList<>();
      RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
      while (all.hasNext()) {
        found.add(all.next());
      }
      return found;
    } catch (IOException e) {
      // A part of a day taken for all of it would be forgotten by the next batch.
      throw new UncheckedIOException("Cannot list raw folder " + folder, e);
    }
  }
}
