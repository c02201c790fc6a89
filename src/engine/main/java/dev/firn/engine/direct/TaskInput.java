package dev.firn.engine.direct;

import dev.firn.contract.Position;
import dev.firn.engine.judge.Judge;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.row.RowShape;
import dev.firn.engine.scan.ScanColumns;
import dev.firn.engine.scan.ScanFile;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;

/**
 * The input of a merge's tasks. It is serialized to the executors.
 *
 * @param mirror a serializable copy
 * @param tombstones a serializable copy, or none if nothing was ever deleted
 * @param shape of the batch's rows
 * @param files of the mirror that may contain rows of the batch's keys
 */
record TaskInput(
    Table mirror,
    List<Table> tombstones,
    RowShape shape,
    DirectMerge.Terms terms,
    List<ScanFile> files)
    implements Serializable {

  /** The rules by which the batch is judged. */
  Judge judge() {
    return terms.rules();
  }

  /** The lowest position of the batch. */
  Position lowest() {
    return terms.lowest();
  }

  /** Id of the batch. */
  String batch() {
    return terms.batch();
  }

  ScanColumns columns() {
    return ScanColumns.of(shape);
  }

  /** The column that records values older than their row; most tables do not have it. */
  Optional<NestedField> unchanged() {
    return Optional.ofNullable(mirror.schema().findField(RowMetadata.UNCHANGED));
  }

  /** Columns in the order in which rows are written. */
  Schema written() {
    List<NestedField> columns = new java.util.ArrayList<>(shape.schema().columns());
    unchanged().ifPresent(columns::add);
    return new Schema(columns);
  }
}
