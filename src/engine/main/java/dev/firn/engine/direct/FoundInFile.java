package dev.firn.engine.direct;

import dev.firn.contract.Position;
import dev.firn.engine.scan.FoundRows;
import java.io.Serializable;
import java.util.Arrays;

/** The rows that the scan of one file found, in arrays that grow; they are sent to the driver. */
final class FoundInFile implements FoundRows, Serializable {

  private static final long serialVersionUID = 1L;

  private final int file;
  private int size;
  private int[] keys = new int[16];
  private int[] rows = new int[16];
  private int[] epochs = {};
  private long[] lsns = {};
  private long[] seqs = {};

  /**
   * @param file the index of the file among the scanned files
   */
  FoundInFile(int file) {
    this.file = file;
  }

  @Override
  public void found(int key, long row, int epoch, long lsn, long seq) {
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      rows = Arrays.copyOf(rows, 2 * size);
    }
    keys[size] = key;
    rows[size] = Math.toIntExact(row);
    if (epoch != 0 || lsn != 0 || seq != 0 || epochs.length > 0) {
      keep(epoch, lsn, seq);
    }
    size++;
  }

  // Nearly all files are older than the batch; their positions are not read.
  private void keep(int epoch, long lsn, long seq) {
    if (epochs.length < keys.length) {
      epochs = Arrays.copyOf(epochs, keys.length);
      lsns = Arrays.copyOf(lsns, keys.length);
      seqs = Arrays.copyOf(seqs, keys.length);
    }
    epochs[size] = epoch;
    lsns[size] = lsn;
    seqs[size] = seq;
  }

  int file() {
    return file;
  }

  int size() {
    return size;
  }

  int key(int index) {
    return keys[index];
  }

  long row(int index) {
    return rows[index];
  }

  Position position(int index) {
    return epochs.length == 0
        ? Position.NONE
        : new Position(epochs[index], lsns[index], seqs[index]);
  }
}
