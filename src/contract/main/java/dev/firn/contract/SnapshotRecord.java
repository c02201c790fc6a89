package dev.firn.contract;

import java.util.List;
import java.util.Objects;

/**
 * Records that the copy of a table is complete, and which events it consists of: {@code
 * raw/_schema/<table>/snapshots/<epoch>-<lsn>.json}. The producer writes it when every event of the
 * copy is durable. A copy without a record never completed.
 *
 * @param lsn the greatest of the runs: that of the rows that were copied last
 * @param runs of rows, one for each range of the table; a range that was copied again after a break
 *     has one for each time
 */
public record SnapshotRecord(TableToken table, int epoch, long lsn, List<Run> runs) {

  /**
   * Rows with consecutive {@code seq}, all read at one point.
   *
   * @param lsn of their positions
   * @param firstSeq of the first row
   * @param rows how many there are; may be 0
   */
  public record Run(long lsn, long firstSeq, long rows) {

    public Run {
      if (lsn < 0 || firstSeq < 0 || rows < 0) {
        throw new IllegalArgumentException(
            "Cannot use run of a snapshot: lsn, seq and rows are 0 or more: %s, %s, %s"
                .formatted(lsn, firstSeq, rows));
      }
    }
  }

  public SnapshotRecord {
    Objects.requireNonNull(table, "table");
    runs = List.copyOf(runs);
    long last = lsn;
    if (epoch < 0 || lsn < 0 || runs.stream().anyMatch(run -> run.lsn() > last)) {
      throw new IllegalArgumentException(
          "Cannot use snapshot record of %s: epoch and lsn are 0 or more, and no run is later: %s, %s"
              .formatted(table, epoch, lsn));
    }
  }

  /** How many rows were copied. */
  public long rows() {
    return runs.stream().mapToLong(Run::rows).sum();
  }

  public String toJson() {
    return SnapshotRecordJson.write(this);
  }

  /**
   * @throws MalformedRecordException when the text is not a snapshot record
   */
  public static SnapshotRecord parse(String json) {
    return SnapshotRecordJson.read(json);
  }
}
