package dev.firn.engine.raw;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Reads small text files of the raw zone. */
final class SmallFiles {

  private SmallFiles() {}

  /** The files of a folder, without subfolders; none if the folder does not exist. */
  static List<FileStatus> files(FileSystem files, Path folder) throws IOException {
    List<FileStatus> found = new ArrayList<>();
    try {
      for (FileStatus status : files.listStatus(folder)) {
        if (status.isFile()) {
          found.add(status);
        }
      }
    } catch (FileNotFoundException e) {
      return found;
    }
    return found;
  }

  static String text(FileSystem files, FileStatus file) throws IOException {
    try (InputStream in = files.open(file.getPath())) {
      byte[] bytes = in.readAllBytes();
      if (bytes.length != file.getLen()) {
        // A document that was truncated in transfer is not damaged.
        throw new IOException(
            "Cannot read document: the storage returned %s bytes, but %s were listed: %s"
                .formatted(bytes.length, file.getLen(), file.getPath()));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
