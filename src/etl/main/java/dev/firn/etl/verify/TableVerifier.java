package dev.firn.etl.verify;

import dev.firn.console.DecisionException;
import dev.firn.console.Failures;
import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.progress.TableProgress;
import dev.firn.etl.verify.TableVerdict.ChangeLog;
import dev.firn.etl.verify.TableVerdict.Compared;
import dev.firn.etl.verify.TableVerdict.NotCompared;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.SourceTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the tables one after the other at the position of a snapshot. */
final class TableVerifier {

  private static final Logger LOG = LoggerFactory.getLogger(TableVerifier.class);

  private final SparkSession spark;
  private final PipelineConfig config;
  private final LakeCatalog lake;
  private final SourceSnapshot snapshot;

  TableVerifier(
      SparkSession spark, PipelineConfig config, LakeCatalog lake, SourceSnapshot snapshot) {
    this.spark = spark;
    this.config = config;
    this.lake = lake;
    this.snapshot = snapshot;
  }

  /**
   * Compares one table; a problem with the table becomes its result. Fails only if no other table
   * can be compared either.
   *
   * @param ranges the keys are divided into
   */
  TableVerdict verify(SourceTable table, long ranges) {
    snapshot.mark();
    try {
      return compare(table, ranges);
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      if (!snapshot.returnsToMark()) {
        throw new IllegalStateException(
            "Cannot compare further tables: the connection that holds the source's snapshot is lost",
            e);
      }
      LOG.debug("Cannot compare table {}", table.token(), e);
      return new NotCompared(table.token(), Failures.describe(e));
    }
  }

  private TableVerdict compare(SourceTable table, long ranges) {
    SourceShape shape = shape(table);
    Optional<LakeTable> mirror =
        LakeTable.open(spark, lake, table.token()).map(found -> found.spelledAs(shape.columns()));
    Set<String> key = mirror.map(LakeTable::key).orElse(Set.copyOf(shape.key()));
    if (key.isEmpty() || mirror.map(LakeTable::isChangeLog).orElse(false)) {
      return new ChangeLog(table.token());
    }
    refuseTruncatedSince(table.token());
    List<SourceColumn> columns = shape.columns().stream().map(column -> column.as(mirror)).toList();
    List<SourceColumn> keyColumns = keyColumns(table, columns, key);
    Set<Long> changed =
        mirror.map(found -> found.changedSince(keyColumns).keys(snapshot.lsn())).orElse(Set.of());
    TableComparison comparison =
        new TableComparison(
            new PostgresSide(snapshot.sql().connection(), shape.withColumns(columns), keyColumns),
            mirror.map(found -> found.side(columns)).orElseGet(EmptySide::new),
            changed,
            new KeyComparison(columns, key));
    return new Compared(table.token(), comparison.compare(ranges), changed.size());
  }

  private SourceShape shape(SourceTable table) {
    return new SourceCatalog(snapshot.sql(), config.source().publication())
        .shape(table.name(), config.table(table.token().value()));
  }

  // Rows removed by a TRUNCATE leave no tombstones by which they could be recognized.
  private void refuseTruncatedSince(TableToken token) {
    TableProgress progress = TableProgress.of(lake, token, config.merge().lookBack());
    if (progress.truncatedAt().lsn() >= snapshot.lsn()) {
      throw new DecisionException(
          "Cannot verify %s: it was truncated while the snapshot was read".formatted(token),
          "Run verify again.");
    }
  }

  private static List<SourceColumn> keyColumns(
      SourceTable table, List<SourceColumn> columns, Set<String> key) {
    List<SourceColumn> found =
        columns.stream().filter(column -> key.contains(column.name())).toList();
    if (found.size() < key.size()) {
      throw new DecisionException(
          "Cannot verify %s: a key column of the lake no longer exists in the source: %s"
              .formatted(table.name(), key),
          "Changing the key requires a new copy of the table: run 'firn capture --resnapshot'.");
    }
    return found;
  }
}
