package dev.firn.delivery.write;

import dev.firn.contract.Clocks;
import dev.firn.contract.fault.Failpoint;
import dev.firn.contract.raw.RawPath;
import dev.firn.contract.raw.RawStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Puts complete files into the raw zone, twice or late if a test asks for it. */
final class Outbox {

  private final RawStore store;
  private final WriteOptions options;
  private final Clocks clocks;
  private final Map<String, RecordFile> heldBack = new LinkedHashMap<>();
  private long files;
  private long originals;

  Outbox(RawStore store, WriteOptions options, Clocks clocks) {
    this.store = store;
    this.options = options;
    this.clocks = clocks;
  }

  /** The file is in the raw zone when this returns, unless it is held back. */
  void send(RecordFile file) throws IOException {
    file.complete();
    if (!options.has(Oddity.REORDER)) {
      put(file);
      return;
    }
    RecordFile earlier = heldBack.get(file.folder());
    if (earlier == null) {
      heldBack.put(file.folder(), file);
    } else {
      put(file);
      put(earlier);
      heldBack.remove(file.folder());
    }
  }

  /** Puts the held-back files that are this old. */
  void sendHeldBack(Duration age) throws IOException {
    Iterator<RecordFile> waiting = heldBack.values().iterator();
    while (waiting.hasNext()) {
      RecordFile file = waiting.next();
      if (clocks.hasPassed(age, file.begun())) {
        put(file);
        waiting.remove();
      }
    }
  }

  Collection<RecordFile> heldBack() {
    return List.copyOf(heldBack.values());
  }

  long files() {
    return files;
  }

  private void put(RecordFile file) throws IOException {
    if (options.has(Oddity.DUPLICATES) && ++originals % 2 == 1) {
      String name = RawPath.fileName(options.stream(), clocks.wall().instant(), UUID.randomUUID());
      Path copy = Files.copy(file.file(), file.file().resolveSibling(name));
      store.put(file.folder() + "/" + name, copy);
      files++;
    }
    Failpoint.DELIVERY_PUT.pass();
    store.put(file.target(), file.file());
    files++;
  }
}
