package dev.firn.delivery.run;

import dev.firn.contract.raw.FolderStore;
import dev.firn.contract.raw.RawStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A raw zone that takes some files and then no more. */
final class FailingStore implements RawStore {

  private final FolderStore store;
  private int left;

  FailingStore(Path root, int files) throws IOException {
    this.store = new FolderStore(root);
    this.left = files;
  }

  @Override
  public void put(String path, byte[] content) throws IOException {
    count();
    store.put(path, content);
  }

  @Override
  public void put(String path, Path file) throws IOException {
    count();
    store.put(path, file);
  }

  @Override
  public boolean exists(String path) {
    return store.exists(path);
  }

  @Override
  public Optional<byte[]> read(String path) throws IOException {
    return store.read(path);
  }

  @Override
  public void close() {
    store.close();
  }

  private void count() throws IOException {
    if (left-- <= 0) {
      throw new IOException("The raw zone is full");
    }
  }
}
