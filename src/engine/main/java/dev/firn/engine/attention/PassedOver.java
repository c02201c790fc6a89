package dev.firn.engine.attention;

import java.util.List;
import java.util.Optional;

/** The sentence about folders and files that no merge reads. */
public final class PassedOver {

  /** Names in the sentence. */
  private static final int NAMED = 5;

  private PassedOver() {}

  /** Empty when there are none. */
  public static Optional<String> sentence(List<String> paths) {
    if (paths.isEmpty()) {
      return Optional.empty();
    }
    String names = String.join(", ", paths.subList(0, Math.min(NAMED, paths.size())));
    return Optional.of(
        "%s folders or files of the raw zone are not read, since none is a <table>/year=YYYY/month=MM/day=DD/hour=HH/<file>: %s%s"
            .formatted(paths.size(), names, paths.size() > NAMED ? ", …" : ""));
  }
}
