package dev.firn.engine.raw;

import dev.firn.console.OperatorException;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads the schema documents of a table from the raw zone. */
final class SchemaDocuments {

  private SchemaDocuments() {}

  /** All documents of a table, the oldest file first; empty if there are none. */
  public static List<SchemaDocument> of(FileSystem files, Path raw, TableToken table)
      throws IOException {
    List<FileStatus> listed = SmallFiles.files(files, new Path(raw, RawPath.schemaFolder(table)));
    listed.sort(
        Comparator.comparingLong(FileStatus::getModificationTime)
            .thenComparing(status -> status.getPath().getName()));
    List<SchemaDocument> documents = new ArrayList<>();
    for (FileStatus status : listed) {
      documents.add(read(files, status));
    }
    return documents;
  }

  private static SchemaDocument read(FileSystem files, FileStatus status) throws IOException {
    Path path = status.getPath();
    try {
      return SchemaDocument.parse(SmallFiles.text(files, status));
    } catch (MalformedRecordException e) {
      throw new OperatorException(
          "Cannot read schema document: " + e.getMessage() + ": " + path,
          "Restore the file from an older version in the bucket, or restart capture, which writes it again.",
          e);
    }
  }
}
