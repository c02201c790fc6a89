package dev.firn.pipeline;

import dev.firn.contract.Column;
import dev.firn.contract.ReplicaIdentity;
import dev.firn.contract.SchemaDocument;
import dev.firn.contract.TableToken;
import java.util.List;
import java.util.Objects;

/**
 * A table as the configuration declares it, for a producer that writes no schema documents.
 *
 * @param name the table's name in the records
 * @param columns in the order of the table, the key's among them: at least one
 */
public record ForeignTable(QualifiedName name, List<Column> columns) {

  public ForeignTable {
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
    if (columns.stream().noneMatch(Column::isKey)) {
      throw new IllegalArgumentException(
          "Cannot use foreign table %s: it needs a key that identifies its rows".formatted(name));
    }
  }

  /** The schema document that Firn's own producer would have written. */
  public SchemaDocument document(TableToken token) {
    return new SchemaDocument(token, name.toString(), columns, ReplicaIdentity.DEFAULT);
  }
}
