package dev.firn.bench.merge.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The versions of the contenders, from the build. */
final class Versions {

  private Versions() {}

  static String text() {
    Properties versions = new Properties();
    try (InputStream in = Versions.class.getResourceAsStream("versions.properties")) {
      versions.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read versions", e);
    }
    return versions.getProperty("text");
  }
}
