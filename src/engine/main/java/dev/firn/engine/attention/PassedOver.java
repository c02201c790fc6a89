package dev.firn.engine.attention;

import java.util.List;
import java.util.Optional;

/** The message about folders and files that no merge reads. */
public final class PassedOver {

  /** The largest number of names in the message. */
  private static final int NAMED = 5;

  private PassedOver() {}

  /** Empty when there are no such folders or files. */
  public static Optional<String> sentence(List<String> paths) {
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    String names = String.join(", ", paths.subList(0, Math.min(NAMED, paths.size())));
    return Optional.of(
        "%s folders or files of the raw zone are ignored, because their paths are not <table>/year=YYYY/month=MM/day=DD/hour=HH/<file>: %s%s"
            .formatted(paths.size(), names, paths.size() > NAMED ? ", …" : ""));
  }
}
