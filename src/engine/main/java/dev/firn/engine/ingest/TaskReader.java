package dev.firn.engine.ingest;

import dev.firn.engine.raw.RawFile;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.Path;

/** Reads the raw files of one task, one after the other, and folds their changes. */
final class TaskReader implements Iterator<Gathered>, Closeable {

  private final Gunzip gunzip;
  private final Path root;
  private final Iterator<RawFile> files;
  private final RecordReader records;
  private Iterator<? extends Gathered> current = List.<Gathered>of().iterator();
  private Closeable open = () -> {};

  TaskReader(Gunzip gunzip, Path root, List<RawFile> files, RecordReader records) {
    this.gunzip = gunzip;
    this.root = root;
    this.files = files.iterator();
    this.records = records;
  }

  @Override
  public boolean hasNext() {
    while (!current.hasNext()) {
      if (files.hasNext()) {
        RawFileReader file = new RawFileReader(gunzip, root, files.next(), records);
        current = file;
        open = file;
      } else if (records.fold().isEmpty()) {
        gunzip.close();
        current = records.takeTruncation().stream().iterator();
        return current.hasNext();
      } else {
        current = List.of(new ReadChanges(records.fold().drain())).iterator();
      }
    }
    return true;
  }

  @Override
  public Gathered next() {
    if (!hasNext()) {
      throw new NoSuchElementException("all files of the task were read");
    }
    return current.next();
  }

  /** Only needed if the iterator is not exhausted. */
  @Override
  public void close() throws IOException {
    open.close();
    gunzip.close();
  }
}
