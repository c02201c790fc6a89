package dev.firn.engine.attention;

import dev.firn.contract.raw.RawPath;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The message about files with records that Firehose or {@code deliver} could not place. */
public final class RefusedFiles {

  /** The largest number of files that are counted: one list request to S3 returns as many. */
  public static final int COUNTED = 1_000;

  /** The largest number of names in the message. */
  private static final int NAMED = 5;

  private RefusedFiles() {}

  /** Empty when there are no such files. */
  public static Optional<String> sentence(List<String> paths) {
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    String names = String.join(", ", paths.subList(0, Math.min(NAMED, paths.size())));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d%s files below %s/ contain records that Firehose or deliver could not place, and"
                + " no merge reads them: %s%s. See errorMessage in the files, send the records to the"
                + " stream again, and remove the files",
            paths.size(),
            paths.size() < COUNTED ? "" : " or more",
            RawPath.ERRORS,
            names,
            paths.size() > NAMED ? ", …" : ""));
  }
}
