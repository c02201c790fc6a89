package dev.firn.engine.scan;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.iceberg.data.BaseDeleteLoader;
import org.apache.iceberg.deletes.PositionDeleteIndex;
import org.apache.iceberg.io.FileIO;

/**
 * The rows of data files that are already deleted. A file of position deletes, which may refer to
 * many data files, is read once in each task, as long as it fits in memory.
 */
final class DeletedRows extends BaseDeleteLoader {

  /** Estimated bytes of deletes that a task keeps. */
  private static final long ROOM = 64L << 20;

  private final Map<String, Object> kept = new HashMap<>();
  private long room = ROOM;

  DeletedRows(FileIO io) {
    super(io::newInputFile);
  }

  PositionDeleteIndex of(ScanFile file) {
    return file.deletes().isEmpty()
        ? PositionDeleteIndex.empty()
        : loadPositionDeletes(file.deletes(), file.location());
  }

  @Override
  protected boolean canCache(long size) {
    return size <= ROOM;
  }

  @Override
  @SuppressWarnings("unchecked")
  protected <V> V getOrLoad(String key, Supplier<V> loaded, long size) {
    V value = (V) kept.get(key);
    if (value == null) {
      value = loaded.get();
      if (size <= room) {
        kept.put(key, value);
        room -= size;
      }
    }
    return value;
  }
}
