package dev.firn.etl.merge;

/** Told how a merge goes on, from several threads at once. */
public interface MergeListener {

  /** Listens to nothing. */
  MergeListener NONE =
      new MergeListener() {
        @Override
        public void batchBegins(String table, int files, long bytes) {}

        @Override
        public void tableEnds(TableResult result) {}
      };

  /**
   * A table has files that are due.
   *
   * @param bytes of the files, compressed
   */
  void batchBegins(String table, int files, long bytes);

  void tableEnds(TableResult result);

  /** Something of the raw zone that is of no table. */
  default void zoneNoted(String note) {}
}
