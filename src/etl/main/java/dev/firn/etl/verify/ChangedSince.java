package dev.firn.etl.verify;

import dev.firn.console.DecisionException;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.lake.RowMetadata;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * The keys that changed in the lake at or after a position. PostgreSQL's snapshot shows their
 * earlier state, so they are not compared.
 */
final class ChangedSince {

  /** The largest number of hashes that the driver holds and sends to PostgreSQL. */
  private static final int MAX_KEYS = 200_000;

  private final Dataset<Row> rows;
  private final Optional<Dataset<Row>> tombstones;
  private final List<SourceColumn> key;

  ChangedSince(Dataset<Row> rows, Optional<Dataset<Row>> tombstones, List<SourceColumn> key) {
    this.rows = rows;
    this.tombstones = tombstones;
    this.key = key;
  }

  /**
   * The hashes of these keys. Usually there are none, and only the bounds of the files are read.
   */
  Set<Long> keys(long lsn) {
    List<Changed> changed =
        Stream.of(Optional.of(rows), tombstones)
            .flatMap(Optional::stream)
            .flatMap(dataset -> changed(dataset, lsn).take(MAX_KEYS).stream())
            .toList();
    if (changed.size() >= MAX_KEYS) {
      throw new DecisionException(
          "Cannot compare: more than %s keys changed since the snapshot was taken"
              .formatted(MAX_KEYS),
          "Run verify again at a time with fewer changes, or with --table for one table.");
    }
    if (changed.isEmpty()) {
      return Set.of();
    }
    // LSNs of an earlier epoch belong to another history and cannot be compared with the current
    // ones.
    int epoch = newestEpoch();
    return changed.stream()
        .filter(one -> one.epoch() == epoch)
        .map(Changed::key)
        .collect(Collectors.toSet());
  }

  private JavaRDD<Changed> changed(Dataset<Row> dataset, long lsn) {
    Column[] columns =
        Stream.concat(key.stream().map(SourceColumn::name), Stream.of(RowMetadata.EPOCH))
            .map(name -> functions.col(LakeCatalog.quote(name)))
            .toArray(Column[]::new);
    List<Integer> ordinals = IntStream.range(0, key.size()).boxed().toList();
    RowTexts texts =
        new RowTexts(key.stream().map(SourceColumn::text).toList(), ordinals, ordinals);
    int epoch = key.size();
    return dataset
        .filter(functions.col(RowMetadata.LSN).geq(lsn))
        .select(columns)
        .javaRDD()
        .map(row -> new Changed(row.getInt(epoch), texts.keyHash(row)));
  }

  private int newestEpoch() {
    return Stream.of(Optional.of(rows), tombstones)
        .flatMap(Optional::stream)
        .map(dataset -> dataset.agg(functions.max(RowMetadata.EPOCH)).first())
        .filter(row -> !row.isNullAt(0))
        .mapToInt(row -> row.getInt(0))
        .max()
        .orElse(0);
  }

  private record Changed(int epoch, long key) implements java.io.Serializable {}
}
