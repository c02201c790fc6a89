package dev.firn.contract.raw;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Writes a file that is either complete or absent, even after a power failure: its bytes are forced
 * to disk before its name is, and then the folder that holds the name. The slot is acknowledged
 * because of this guarantee.
 */
final class Durably {

  private Durably() {}

  static void move(Path temporary, Path target) throws IOException {
    force(temporary, StandardOpenOption.WRITE);
    createFolders(target.getParent());
    Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
    force(target.getParent(), StandardOpenOption.READ);
  }

  private static void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    createFolders(folder.toAbsolutePath().getParent());
    Files.createDirectories(folder);
    force(folder.toAbsolutePath().getParent(), StandardOpenOption.READ);
  }

  private static void force(Path path, StandardOpenOption access) throws IOException {
    try (FileChannel channel = FileChannel.open(path, access)) {
      channel.force(true);
    }
  }
}
