package dev.firn.engine.raw;

import dev.firn.console.OperatorException;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.SnapshotRecord;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Lists the raw zone, on any file system that Hadoop supports. */
public final class RawZone {

  private final Path root;
  private final FileSystem files;

  /** The root's path, without scheme and bucket. */
  private final String base;

  public RawZone(String root, Configuration hadoop) {
    this.root = new Path(root);
    try {
      this.files = this.root.getFileSystem(hadoop);
      String path = files.makeQualified(this.root).toUri().getPath();
      this.base = path.equals("/") ? "" : path;
    } catch (IOException e) {
      throw refusal(e.getMessage(), root, e);
    } catch (LinkageError e) {
      throw refusal("a class is missing: " + e.getMessage(), root, e);
    }
  }

  private static OperatorException refusal(String why, String root, Throwable cause) {
    return new OperatorException(
        "Cannot open raw zone: %s: %s".formatted(why, root),
        "Check raw in the configuration, and that the library of its file system is on the class path.",
        cause);
  }

  public String root() {
    return root.toString();
  }

  /**
   * The folders of tables, and other entries next to them. A folder whose name begins with an
   * underscore most often belongs to another tool ({@code _temporary}): it is a table's where the
   * table has schema documents, or is one of these.
   *
   * @param foreign tables of other producers, which have no schema documents
   */
  public RawFolders folders(List<TableToken> foreign) {
    RawFolders all = foldersIn(root);
    if (all.tables().stream().noneMatch(RawZone::isHidden)) {
      return all;
    }
    Set<TableToken> known = new HashSet<>(documentedTables());
    known.addAll(foreign);
    return all.passingOver(table -> isHidden(table) && !known.contains(table));
  }

  private static boolean isHidden(TableToken table) {
    return TableWalk.isHidden(table.value());
  }

  /** The tables that have a schema document, in the order of their names. */
  public List<TableToken> documentedTables() {
    return foldersIn(new Path(root, RawPath.SCHEMAS)).tables();
  }

  private RawFolders foldersIn(Path folder) {
    List<TableToken> tables = new ArrayList<>();
    List<String> passedOver = new ArrayList<>();
    for (FileStatus entry : list(folder)) {
      String name = entry.getPath().getName();
      if (entry.isDirectory() && TableToken.isValid(name)) {
        tables.add(new TableToken(name));
      } else if (!TableWalk.isHidden(name) && !TableToken.RESERVED.contains(name)) {
        passedOver.add(name);
      }
    }
    return new RawFolders(tables.stream().sorted().toList(), passedOver.stream().sorted().toList());
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
   * Lists the files of a table in the hour folders of the wanted days, without hidden files and
   * files that are still being written. On S3 a day is listed as a whole, one request for each
   * thousand files; elsewhere each folder is listed. The days themselves cost one request a month.
   *
   * @param wanted tests the path of a day's folder below the root
   */
  public RawListing list(TableToken table, Predicate<String> wanted) {
    return new TableWalk(this).walk(table, wanted);
  }

  /** Whether a file with this path exists, of any length. */
  public boolean exists(String path) {
    try {
      return files.exists(new Path(root, path));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for raw file " + path, e);
    }
  }

  /** The first files of records that could not be placed, at most this many, in order. */
  public List<String> refusedFiles(int most) {
    List<String> found = new ArrayList<>();
    Path folder = new Path(root, RawPath.ERRORS);
    try {
      if (files.getUri().getScheme().startsWith("s3")) {
        RemoteIterator<LocatedFileStatus> all = files.listFiles(folder, true);
        while (found.size() < most && all.hasNext()) {
          found.add(relative(all.next().getPath()));
        }
      } else {
        addFiles(folder, most, found);
      }
    } catch (FileNotFoundException e) {
      return List.of();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list raw folder " + folder, e);
    }
    return found.stream().sorted().toList();
  }

  private void addFiles(Path folder, int most, List<String> found) {
    for (FileStatus entry : list(folder)) {
      if (entry.isDirectory()) {
        addFiles(entry.getPath(), most, found);
      } else if (found.size() < most && !TableWalk.isHidden(entry.getPath().getName())) {
        found.add(relative(entry.getPath()));
      }
    }
  }

  /** The path below the root. */
  String relative(Path path) {
    return path.toUri().getPath().substring(base.length() + 1);
  }

  List<FileStatus> entries(String folder) {
    return list(new Path(root, folder));
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

  /**
   * Lists the files of a day's hours, and the other entries of the day.
   *
   * <p>Where folders are real, Hadoop's recursive listing would read owner and permissions of each
   * file, on a local disk with a process for each.
   */
  List<FileStatus> entriesOfDay(String folder) {
    Path day = new Path(root, folder);
    if (files.getUri().getScheme().startsWith("s3")) {
      return listBelow(day);
    }
    List<FileStatus> found = new ArrayList<>();
    for (FileStatus entry : list(day)) {
      boolean isHour = entry.isDirectory() && RawPath.isHourFolder(relative(entry.getPath()));
      found.addAll(isHour ? list(entry.getPath()) : List.of(entry));
    }
    return found;
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
      // If a partial listing counted as complete, the next batch would forget the missing files.
      throw new UncheckedIOException("Cannot list raw folder " + folder, e);
    }
  }
}
