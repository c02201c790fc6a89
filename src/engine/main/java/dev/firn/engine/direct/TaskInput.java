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
 * What the tasks of a merge need to know. It travels to the executors.
 *
 * @param mirror a serializable copy
 * @param tombstones a serializable copy, or none where nothing was ever deleted
 * @param shape of the batch's rows
 * @param files of the mirror that may hold rows of the batch's keys
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

  /** The column of values older than their row; absent from most tables. */
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
