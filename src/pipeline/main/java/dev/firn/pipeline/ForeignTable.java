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
 * @param name the records have for it
 * @param columns in the order of the table, the key's among them: at least one
 */
public record ForeignTable(QualifiedName name, List<Column> columns) {

  public ForeignTable {
    Objects.requireNonNull(name, "name");
    columns = List.copyOf(columns);
    if (columns.stream().noneMatch(Column::isKey)) {
      throw new IllegalArgumentException(
          "Cannot use foreign table %s: a key is needed to tell its rows apart".formatted(name));
    }
  }

  /** What Firn's own producer would have written of it. */
  public SchemaDocument document(TableToken token) {
    return new SchemaDocument(token, name.toString(), columns, ReplicaIdentity.DEFAULT);
  }
}
