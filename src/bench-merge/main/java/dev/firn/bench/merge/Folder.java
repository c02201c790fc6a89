package dev.firn.bench.merge;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A folder and all its contents. */
public final class Folder {

  private Folder() {}

  /** The files below a folder, with their lengths; empty if the folder does not exist. */
  public static Map<Path, Long> files(Path folder) {
    Map<Path, Long> files = new HashMap<>();
    for (Path path : below(folder)) {
      if (Files.isRegularFile(path) && !path.toString().endsWith(".crc")) {
        files.put(path, path.toFile().length());
      }
    }
    return files;
  }

  public static void remove(Path folder) {
    below(folder).stream().sorted(Comparator.reverseOrder()).forEach(Folder::delete);
  }

  private static void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove: " + path, e);
    }
  }

  private static List<Path> below(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list folder: " + folder, e);
    }
  }
}
