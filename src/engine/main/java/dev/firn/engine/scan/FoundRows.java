package dev.firn.engine.scan;

/** Takes what a scan of one file finds, in the order of the rows. */
@FunctionalInterface
public interface FoundRows {

  /**
   * A live row was found.
   *
   * @param key ordinal in the {@link KeySet}; {@link KeySet#ABSENT} when not keys were looked for
   * @param row place in the file, from 0
   * @param epoch of the row's position; all three are 0 where {@link ScanFile#isBefore} of the
   *     batch's lowest position told that the row is older
   */
  void found(int key, long row, int epoch, long lsn, long seq);
}
