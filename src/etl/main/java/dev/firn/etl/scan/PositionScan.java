package dev.firn.etl.scan;

import dev.firn.contract.Position;
import org.apache.iceberg.io.FileIO;

/** Finds the rows of data files that are older than a position. Not for several threads. */
public final class PositionScan {

  public PositionScan(FileIO io, ScanColumns columns) {}

  /** Finds the live rows with a smaller position; answers the rows looked at. */
  public long scan(ScanFile file, Position below, FoundRows sink) {
    throw new UnsupportedOperationException();
  }
}
