package dev.firn.bench.merge.worker;

import dev.firn.bench.merge.Course;
import dev.firn.bench.merge.Folder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Tables that consist of a folder only: each run works on a copy under a new name, so that no cache
 * of the process applies to it. Large files are hard links, which is correct because none is ever
 * changed in place; small ones are copied.
 */
final class FolderCopies {

  private static final long LINKED_FROM = 1 << 16;

  private final Path root;
  private int runs;
  private Path current;

  FolderCopies(Path root) {
    this.root = root;
    this.current = root.resolve("run-0");
  }

  /** The table before any run. */
  Path base(Course course) {
    return root.resolve("base_" + course.base());
  }

  /** The copy of this run. */
  Path current() {
    return current;
  }

  /** Replaces the copy by an unchanged one. */
  void begin(Course course) {
    Folder.remove(current);
    runs++;
    current = root.resolve("run-" + runs);
    Folder.remove(current);
    Path base = base(course);
    Folder.files(base)
        .forEach((file, length) -> copy(file, current.resolve(base.relativize(file)), length));
  }

  static void move(Path from, Path to) {
    try {
      Files.createDirectories(to.getParent());
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot move: " + from, e);
    }
  }

  private static void copy(Path from, Path to, long length) {
    try {
      Files.createDirectories(to.getParent());
      if (length < LINKED_FROM) {
        Files.copy(from, to);
      } else {
        Files.createLink(to, from);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot copy: " + from, e);
    }
  }
}
