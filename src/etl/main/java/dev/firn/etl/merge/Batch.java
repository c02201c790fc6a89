package dev.firn.etl.merge;

import dev.firn.contract.Position;
import dev.firn.etl.ingest.ChangedRow;
import dev.firn.etl.ingest.FileCount;
import dev.firn.etl.ingest.Gathered;
import dev.firn.etl.ingest.GroupKey;
import dev.firn.etl.ingest.RawReader;
import dev.firn.etl.ingest.Rejection;
import dev.firn.etl.ingest.Truncation;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * The events of a batch, read once, folded by key and kept until it is committed. What is on the
 * driver grows with the number of files and not with that of events.
 */
final class Batch implements AutoCloseable {

  private final JavaPairRDD<GroupKey, Gathered> gathered;
  private final List<FileCount> files;
  private final Optional<Truncation> truncation;

  private Batch(
      JavaPairRDD<GroupKey, Gathered> gathered,
      List<FileCount> files,
      Optional<Truncation> truncation) {
    this.gathered = gathered;
    this.files = files;
    this.truncation = truncation;
  }

  static Batch read(RawReader reader, BatchPlan plan) {
    JavaPairRDD<GroupKey, Gathered> gathered =
        reader.read(plan.due()).persist(StorageLevel.MEMORY_AND_DISK_SER());
    List<Gathered> collected =
        gathered
            .values()
            .filter(one -> one instanceof FileCount || one instanceof Truncation)
            .collect();
    List<FileCount> files = only(collected, FileCount.class);
    if (files.size() != plan.due().size()) {
      throw new IllegalStateException(
          "Cannot account for batch %s: %d of %d files were read"
              .formatted(plan.id(), files.size(), plan.due().size()));
    }
    return new Batch(gathered, files, only(collected, Truncation.class).stream().findFirst());
  }

  private static <T> List<T> only(List<Gathered> gathered, Class<T> type) {
    return gathered.stream().filter(type::isInstance).map(type::cast).toList();
  }

  List<FileCount> files() {
    return files;
  }

  Optional<Truncation> truncation() {
    return truncation;
  }

  /** The newer of the table's truncation and the batch's. */
  Position truncatedAt(Position before) {
    return truncation
        .map(Truncation::position)
        .filter(position -> position.isAfter(before))
        .orElse(before);
  }

  JavaRDD<ChangedRow> rows() {
    return gathered.values().filter(ChangedRow.class::isInstance).map(ChangedRow.class::cast);
  }

  JavaRDD<Rejection> rejections() {
    return gathered.values().filter(Rejection.class::isInstance).map(Rejection.class::cast);
  }

  boolean hasUnchanged() {
    return !rows().filter(ChangedRow::hasUnchanged).isEmpty();
  }

  @Override
  public void close() {
    // Waits: a session that is closed next would print the broken-off clean-up.
    gathered.unpersist(true);
  }
}
