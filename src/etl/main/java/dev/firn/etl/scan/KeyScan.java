package dev.firn.etl.scan;

import dev.firn.contract.Position;
import org.apache.iceberg.io.FileIO;

/** Finds the rows of a set of keys in data files. For one task: not for several threads. */
public final class KeyScan {

  public KeyScan(FileIO io, ScanColumns columns, KeySet keys) {}

  /**
   * Finds the live rows of the keys.
   *
   * @param lowest position of the batch: where all rows of the file are older, positions are not
   *     read
   * @return rows whose key was looked at, for reports and tests
   */
  public long scan(ScanFile file, Position lowest, FoundRows sink) {
    throw new UnsupportedOperationException();
  }
}
