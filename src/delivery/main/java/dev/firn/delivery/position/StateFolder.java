package dev.firn.delivery.position;

import dev.firn.console.OperatorException;
import dev.firn.contract.fault.Failpoint;
import dev.firn.contract.raw.FolderStore;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The folder for the state of a delivery, used by one run at a time. It holds the checkpoint of the
 * stream and the files in progress. The next run deletes those files and reads their records again,
 * since they come after the checkpoint.
 */
public final class StateFolder implements Closeable {

  private static final String OPEN_FILES = "open";
  private static final String CHECKPOINT = "checkpoint.json";

  private final Path folder;
  private final String stream;
  private final FolderStore store;
  private final FileChannel lockFile;

  private StateFolder(Path folder, String stream, FolderStore store, FileChannel lockFile) {
    this.folder = folder;
    this.stream = stream;
    this.store = store;
    this.lockFile = lockFile;
  }

  public static StateFolder open(Path root, String stream) throws IOException {
    Path folder = root.resolve(stream);
    Files.createDirectories(folder.resolve(OPEN_FILES));
    StateFolder state =
        new StateFolder(
            folder,
            stream,
            new FolderStore(folder),
            FileChannel.open(
                folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    try {
      state.claim();
      state.removeOpenFiles();
      return state;
    } catch (IOException | RuntimeException e) {
      state.close();
      throw e;
    }
  }

  /** The path of a file until it is complete. */
  public Path openFile(String name) {
    return folder.resolve(OPEN_FILES).resolve(name);
  }

  /** The checkpoint of the last run; empty before the first. */
  public Optional<Checkpoint> read() throws IOException {
    Path file = folder.resolve(CHECKPOINT);
    try {
      return Optional.of(Checkpoint.parse(Files.readAllBytes(file)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException | RuntimeException e) {
      throw new OperatorException(
          "Cannot read state of delivery: it is damaged: " + file,
          "Remove it: the delivery then starts from the oldest record of the stream. Records that"
              + " were delivered already are delivered again, and merge recognizes them.",
          e);
    }
  }

  /** Durable when this returns. */
  public void write(Checkpoint checkpoint) throws IOException {
    Failpoint.DELIVERY_DELIVERED.pass();
    store.put(CHECKPOINT, checkpoint.toJson());
  }

  @Override
  public void close() throws IOException {
    lockFile.close();
  }

  // The operating system releases the lock when the process ends, even if it is killed.
  private void claim() throws IOException {
    FileLock lock;
    try {
      lock = lockFile.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new OperatorException(
          "Cannot deliver stream %s: another delivery is using its state folder: %s"
              .formatted(stream, folder),
          "Stop the other one, or name another folder as delivery.state.");
    }
  }

  private void removeOpenFiles() throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.resolve(OPEN_FILES))) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
