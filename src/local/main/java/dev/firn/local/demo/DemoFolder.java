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
 * The folder that all of a demo is in. It is emptied before each demo; a file in it says that it is
 * a demo's, and a folder without that file is never touched.
 */
record DemoFolder(Path path) {

  private static final String MARK = ".firn-demo";

  /** Empties the folder, or makes it. */
  void prepare() {
    try {
      if (!isFree()) {
        throw new OperatorException(
            "Cannot use folder for the demo: it holds files and is not a demo's: " + path,
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
          "Name one that can be written with --work.",
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

  // The mark goes last: a demo that is broken off here leaves a folder that is still a demo's.
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
