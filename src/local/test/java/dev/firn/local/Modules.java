package dev.firn.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The modules of the build, without those of a profile, from the parent's pom.xml. */
final class Modules {

  private static final Path SOURCES = FirnHome.folder().resolve("src");
  private static final Pattern MODULE = Pattern.compile("<module>src/(\\w+)</module>");

  private Modules() {}

  static List<String> names() {
    String pom = read(FirnHome.folder().resolve("pom.xml"));
    return MODULE
        .matcher(pom.substring(0, pom.indexOf("</modules>")))
        .results()
        .map((MatchResult module) -> module.group(1))
        .toList();
  }

  /** The folders with the compiled classes of {@code main}. */
  static List<Path> classFolders() {
    return names().stream().map(module -> built(module, "classes")).toList();
  }

  /** The folders with the compiled classes of {@code test}, and of {@code main} of this module. */
  static List<Path> testClassFolders() {
    return Stream.concat(
            Stream.of(built("local", "classes")),
            names().stream().map(module -> built(module, "test-classes")))
        .toList();
  }

  static Path mainFolder(String module) {
    return SOURCES.resolve(module).resolve("main/java");
  }

  /** All of {@code main}. */
  static List<Path> mainSources() {
    return names().stream().flatMap(module -> javaFiles(mainFolder(module)).stream()).toList();
  }

  /** All of {@code main} and {@code test}. */
  static List<Path> sources() {
    return names().stream().flatMap(module -> javaFiles(SOURCES.resolve(module)).stream()).toList();
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read: " + file, e);
    }
  }

  private static List<Path> javaFiles(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".java")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list: " + folder, e);
    }
  }

  private static Path built(String module, String kind) {
    String build = System.getProperty("firn.build.folder");
    Path folder = SOURCES.resolve(module).resolve(build).resolve(kind);
    if (!Files.isDirectory(folder)) {
      throw new IllegalStateException("Cannot check modules: this one is not built: " + folder);
    }
    return folder;
  }
}
