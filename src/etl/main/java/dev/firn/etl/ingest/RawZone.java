package dev.firn.etl.ingest;

import dev.firn.console.OperatorException;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import dev.firn.etl.schema.SchemaDocuments;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Lists the raw zone, on any file system Hadoop knows. */
public final class RawZone {

  private static final String HOUR_GLOB = "/year=*/month=*/day=*/hour=*";

  private final Path root;
  private final FileSystem files;

  public RawZone(String root, Configuration hadoop) {
    this.root = new Path(root);
    try {
      this.files = this.root.getFileSystem(hadoop);
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
    return list(root).stream()
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

  /**
   * The files of a table in hour folders that end after {@code horizon}, by path. Files that are
   * still being written, or hidden, are not among them. Costs one listing a folder; folders before
   * the horizon's day are not listed.
   */
  public List<RawFile> files(TableToken table, Instant horizon) {
    Instant day = horizon.truncatedTo(ChronoUnit.DAYS);
    List<RawFile> found = new ArrayList<>();
    for (FileStatus folder : glob(new Path(root, table.value() + HOUR_GLOB))) {
      Instant hour = RawPath.hourOf(folder.getPath().toString()).orElse(Instant.MIN);
      if (!hour.isBefore(day)) {
        list(folder.getPath()).stream()
            .filter(RawZone::isData)
            .map(this::rawFile)
            .forEach(found::add);
      }
    }
    found.sort(Comparator.comparing(RawFile::path));
    return found;
  }

  private RawFile rawFile(FileStatus status) {
    String path = status.getPath().toUri().getPath();
    String base = files.makeQualified(root).toUri().getPath();
    return new RawFile(path.substring(base.length() + 1), status.getLen());
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

  private List<FileStatus> glob(Path pattern) {
    try {
      FileStatus[] found = files.globStatus(pattern);
      return found == null ? List.of() : List.of(found);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list raw folders " + pattern, e);
    }
  }
}
