package dev.firn.local.demo;

import dev.firn.console.OperatorException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.stream.Stream;

/**
 * The folder of a demo. It is emptied before each demo; a file in it marks it as a demo's folder,
 * and a folder without that file is never touched.
 */
record DemoFolder(Path path) {

  private static final String MARK = ".firn-demo";

  /** Empties the folder, or creates it. */
  void prepare() {
    try {
      if (!isFree()) {
        throw new OperatorException(
            "Cannot use folder for the demo: it contains files of something else: " + path,
            "Name another with --work.");
      }
      if (Files.exists(path)) {
        deleteContent();
      }
      Files.createDirectories(path);
      Files.writeString(path.resolve(MARK), "Made by firn demo, and emptied by the next one.\n");
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot prepare folder for the demo: %s: %s".formatted(e.getMessage(), path),
          "Name a writable one with --work.",
          e);
    }
  }

  Path database() {
    return path.resolve("database");
  }

  /** Of an emulator of AWS, where there is one. */
  Path aws() {
    return path.resolve("aws");
  }

  Path pipeline() {
    return path.resolve("pipeline.yaml");
  }

  void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write " + file, e);
    }
  }

  private boolean isFree() throws IOException {
    if (!Files.exists(path) || Files.exists(path.resolve(MARK))) {
      return true;
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.findAny().isEmpty();
    }
  }

  // The mark is deleted last: a demo that is stopped here leaves a folder that is still marked.
  private void deleteContent() throws IOException {
    try (Stream<Path> entries = Files.list(path)) {
      for (Path entry : entries.filter(file -> !file.endsWith(MARK)).toList()) {
        Files.walkFileTree(entry, new Deletion());
      }
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.delete(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException failure) throws IOException {
      if (failure != null) {
        throw failure;
      }
      Files.delete(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
