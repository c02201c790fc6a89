package dev.firn.etl.merge;

import dev.firn.contract.Position;
import dev.firn.etl.ingest.FileCount;
import dev.firn.etl.ingest.RawFile;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a batch of one table consists of, written before the batch is committed. The snapshot that
 * holds the batch names it; a manifest no snapshot names never happened.
 *
 * @param previous the batch before it; empty for the first
 * @param plannedAt when the raw zone was listed for it
 * @param newestHour the newest hour folder that any batch so far has read from
 * @param files what it read
 * @param earlier files of earlier batches that a later listing can still find, so that this one
 *     manifest tells what is due
 * @param truncatedAt the newest TRUNCATE of the table so far; {@link Position#NONE} without one
 */
record BatchManifest(
    String batch,
    String previous,
    Instant plannedAt,
    Instant newestHour,
    List<FileCount> files,
    List<RawFile> earlier,
    Position truncatedAt) {

  BatchManifest {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(previous, "previous");
    Objects.requireNonNull(plannedAt, "plannedAt");
    Objects.requireNonNull(newestHour, "newestHour");
    Objects.requireNonNull(truncatedAt, "truncatedAt");
    files = List.copyOf(files);
    earlier = List.copyOf(earlier);
  }

  long records() {
    return files.stream().mapToLong(FileCount::records).sum();
  }

  long rejected() {
    return files.stream().mapToLong(FileCount::rejected).sum();
  }

  /** Records that carry no change; they are not among the {@link #records()}. */
  long ignored() {
    return files.stream().mapToLong(FileCount::ignored).sum();
  }

  Position lowest() {
    return files.stream()
        .map(FileCount::lowest)
        .filter(position -> position.isAfter(Position.NONE))
        .min(Position::compareTo)
        .orElse(Position.NONE);
  }

  Position highest() {
    return files.stream().map(FileCount::highest).max(Position::compareTo).orElse(Position.NONE);
  }
}
