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

  /** Bytes of the changes as far as they are folded. */
  long bytes();

  /** Some change does not know all values of its row. */
  boolean hasUnchanged();

  /** All changes, one a key, where they are few and the driver has them. */
  Optional<SortedChanges> held();

  /** Keys from all over the batch. */
  List<byte[]> sampleKeys();

  /** Parts of about this many bytes each, of one range of keys each, in the order of keys. */
  ChangePartitions ranges(long partBytes);

  /** The changes, one a key: one element a part, in the parts' order. */
  JavaRDD<SortedChanges> folded(ChangePartitions partitions);
}
