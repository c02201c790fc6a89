package dev.firn.engine.batch;

import dev.firn.engine.row.ChangePartitions;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.row.SortedChanges;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;

/** The changes of a batch, read and partly folded, and not yet split into parts. */
public interface FoldedBatch {

  /** The columns of its rows. */
  RowShape shape();

  /** Size of the changes in bytes, as far as they are folded. */
  long bytes();

  /** At least one change lacks values of its row. */
  boolean hasUnchanged();

  /** All changes, one for each key, if they are few and on the driver. */
  Optional<SortedChanges> held();

  /** A sample of keys from the whole batch. */
  List<byte[]> sampleKeys();

  /** Splits the keys into ranges of about this many bytes of changes each, in the order of keys. */
  ChangePartitions ranges(long partBytes);

  /** The changes, one for each key: one element for each part, in the order of the parts. */
  JavaRDD<SortedChanges> folded(ChangePartitions partitions);
}
