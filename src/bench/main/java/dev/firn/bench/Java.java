package dev.firn.bench;

import java.nio.file.Path;

/** The JVM that runs the benchmark and all contenders. */
final class Java {

  private Java() {}

  static String command() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }
}
