package dev.firn.etl.merge;

/** Receives the progress of a merge, from several threads at once. */
public interface MergeListener {

  /** Ignores all progress. */
  MergeListener NONE =
      new MergeListener() {
        @Override
        public void batchBegins(String table, int files, long bytes) {}

        @Override
        public void tableEnds(TableResult result) {}
      };

  /**
   * A batch of a table starts: it has pending files.
   *
   * @param bytes the compressed size of the files
   */
  void batchBegins(String table, int files, long bytes);

  void tableEnds(TableResult result);

  /** A note about the raw zone, and about no table of it. */
  default void zoneNoted(String note) {}
}
