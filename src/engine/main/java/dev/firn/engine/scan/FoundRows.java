package dev.firn.engine.scan;

/** Receives the rows that a scan of one file finds, in the order of the rows. */
@FunctionalInterface
public interface FoundRows {

  /**
   * A live row was found.
   *
   * @param key ordinal in the {@link KeySet}; {@link KeySet#ABSENT} if the scan was not for keys
   * @param row index in the file, from 0
   * @param epoch of the row's position; all three are 0 if {@link ScanFile#isBefore} already showed
   *     that the row is older than the batch's lowest position
   */
  void found(int key, long row, int epoch, long lsn, long seq);
}
