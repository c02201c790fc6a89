package dev.firn.local;

import dev.firn.console.OperatorException;
import java.nio.file.Path;
import java.util.Optional;

/** Firn's folder on this machine, which bin/firn passes as a system property. */
public final class FirnHome {

  private static final String PROPERTY = "firn.home";

  private FirnHome() {}

  public static Path folder() {
    return Optional.ofNullable(System.getProperty(PROPERTY))
        .map(Path::of)
        .orElseThrow(
            () ->
                new OperatorException(
                    "Cannot find Firn's folder: the system property is not set: " + PROPERTY,
                    "Start this command with bin/firn."));
  }

  public static Path sampleData() {
    return folder().resolve("sample-data");
  }

  /** The command that starts any stage. */
  public static Path command() {
    return folder().resolve("bin").resolve("firn");
  }
}
