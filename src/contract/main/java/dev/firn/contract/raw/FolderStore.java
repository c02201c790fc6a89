package dev.firn.contract.raw;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;

/** A raw zone that is a folder. Files in progress are below {@link RawPath#INCOMING}. */
public final class FolderStore implements RawStore {

  private final Path root;

  /**
   * @param root of the raw zone; created if it is missing
   */
  public FolderStore(Path root) throws IOException {
    this.root = root.toAbsolutePath().normalize();
    Files.createDirectories(incoming());
  }

  @Override
  public void put(String path, byte[] content) throws IOException {
    Path target = resolve(path);
    Path temporary = newTemporary();
    try {
      Files.write(temporary, content);
      Durably.move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  @Override
  public void put(String path, Path file) throws IOException {
    Path target = resolve(path);
    try {
      Durably.move(file, target);
    } catch (AtomicMoveNotSupportedException e) {
      moveByCopy(file, target);
    }
  }

  @Override
  public boolean exists(String path) {
    return Files.isRegularFile(resolve(path));
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    Path file = resolve(path);
    return Files.isRegularFile(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  @Override
  public void close() {
    // Nothing is held open.
  }

  private void moveByCopy(Path file, Path target) throws IOException {
    Path temporary = newTemporary();
    try {
      Files.copy(file, temporary);
      Durably.move(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
    Files.delete(file);
  }

  private Path newTemporary() {
    return incoming().resolve("put-" + UUID.randomUUID());
  }

  private Path incoming() {
    return root.resolve(RawPath.INCOMING);
  }

  // The token of a table becomes part of a path; it must never point outside the folder.
  private Path resolve(String path) {
    Path target = root.resolve(path).normalize();
    if (!target.startsWith(root) || target.equals(root)) {
      throw new IllegalArgumentException(
          "Cannot use path in the raw zone: it points outside the raw zone: " + path);
    }
    return target;
  }
}
