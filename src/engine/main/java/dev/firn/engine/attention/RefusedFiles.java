package dev.firn.engine.attention;

import dev.firn.contract.raw.RawPath;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The sentence about files of records that Firehose or {@code deliver} could not place. */
public final class RefusedFiles {

  /** Counted one by one: what one request to S3 lists. */
  public static final int COUNTED = 1_000;

  /** Names in the sentence. */
  private static final int NAMED = 5;

  private RefusedFiles() {}

  /** Empty when there are none. */
  public static Optional<String> sentence(List<String> paths) {
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    String names = String.join(", ", paths.subList(0, Math.min(NAMED, paths.size())));
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%,d%s files below %s/ hold records that Firehose or deliver could not place, and no"
                + " merge reads them: %s%s. See errorMessage in them, feed the records back, and"
                + " remove the files",
            paths.size(),
            paths.size() < COUNTED ? "" : " or more",
            RawPath.ERRORS,
            names,
            paths.size() > NAMED ? ", …" : ""));
  }
}
