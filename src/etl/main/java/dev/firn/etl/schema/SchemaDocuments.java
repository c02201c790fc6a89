package dev.firn.etl.schema;

import dev.firn.console.OperatorException;
import dev.firn.contract.MalformedRecordException;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import dev.firn.contract.raw.RawPath;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads the schema documents of a table from the raw zone. */
public final class SchemaDocuments {

  private SchemaDocuments() {}

  /** All documents of a table, the oldest file first; empty when there is none. */
  public static List<SchemaDocument> of(FileSystem files, Path raw, TableToken table)
      throws IOException {
    List<FileStatus> listed;
    try {
      listed =
          new ArrayList<>(List.of(files.listStatus(new Path(raw, RawPath.schemaFolder(table)))));
    } catch (FileNotFoundException e) {
      return List.of();
    }
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
    try (InputStream in = files.open(path)) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length != status.getLen()) {
        // A document that is cut off on its way is not a damaged one.
        throw new IOException(
            "Cannot read schema document: the storage gave %d bytes of %d that were listed: %s"
                .formatted(bytes.length, status.getLen(), path));
      }
      return SchemaDocument.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (MalformedRecordException e) {
      throw new OperatorException(
          "Cannot read schema document: " + e.getMessage() + ": " + path,
          "Restore the file from the bucket's versions, or start the producer again: it writes it anew.",
          e);
    }
  }
}
