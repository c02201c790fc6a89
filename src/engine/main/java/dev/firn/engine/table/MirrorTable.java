package dev.firn.engine.table;

import dev.firn.contract.Position;
import dev.firn.contract.TableToken;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.engine.lake.RowMetadata;
import dev.firn.engine.typing.RowBinding;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.Types.NestedField;

/**
 * A table of the lake that mirrors a table of the source, or is its change log if the source table
 * has no key.
 */
public record MirrorTable(TableToken token, Table table) {

  public MirrorTable {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(table, "table");
  }

  /** Empty if the table does not exist yet. */
  public static Optional<MirrorTable> find(LakeCatalog lake, TableToken token) {
    return lake.exists(lake.mirror(token))
        ? Optional.of(new MirrorTable(token, lake.load(lake.mirror(token))))
        : Optional.empty();
  }

  /** Whether the table has no key and keeps every event as a row. */
  public boolean isChangeLog() {
    return RowMetadata.isChangeLog(table.schema());
  }

  /** Whether some row may have a value that is older than the row. */
  public boolean hasUnchangedColumn() {
    return table.schema().findField(RowMetadata.UNCHANGED) != null;
  }

  /** The source's columns, in the lake's order. */
  public List<String> columns() {
    return RowBinding.sourceColumns(table.schema()).stream().map(NestedField::name).toList();
  }

  /** The columns that identify a row: the key, or in a change log the position. */
  public List<String> keyColumns() {
    return table.schema().columns().stream()
        .filter(field -> table.schema().identifierFieldIds().contains(field.fieldId()))
        .map(NestedField::name)
        .toList();
  }

  /** Rows below this position were truncated; a change log keeps them. */
  Position truncation(Position truncatedAt) {
    return isChangeLog() ? Position.NONE : truncatedAt;
  }
}
