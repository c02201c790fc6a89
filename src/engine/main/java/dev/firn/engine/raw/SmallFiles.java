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

/** Small text files of the raw zone. */
final class SmallFiles {

  private SmallFiles() {}

  /** The files of a folder, without its folders; none when it is not there. */
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
        // A document that is cut off while it is sent is not a damaged one.
        throw new IOException(
            "Cannot read document: the storage gave %s bytes of %s that were listed: %s"
                .formatted(bytes.length, file.getLen(), file.getPath()));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
