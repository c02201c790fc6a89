package dev.firn.engine.schema;

import dev.firn.console.OperatorException;
import dev.firn.contract.Column;
import dev.firn.contract.SchemaDocument;
import dev.firn.engine.lake.RowMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/** The Iceberg schema of a new table: the columns of the source, then those of Firn. */
public final class MirrorSchema {

  private MirrorSchema() {}

  /**
   * The mirror of a table with a key, or the change log of a table without one. The key becomes the
   * identifier fields of the table; in a change log the position does.
   *
   * @throws OperatorException when Iceberg does not allow the type of a key column in a key
   */
  public static Schema of(SchemaDocument document) {
    List<NestedField> fields = new ArrayList<>();
    Set<Integer> identifier = new TreeSet<>();
    boolean changeLog = document.keyColumns().isEmpty();
    for (Column column : document.columns()) {
      int id = fields.size() + 1;
      fields.add(field(id, column));
      if (column.isKey()) {
        requireKeyType(document, column);
        identifier.add(id);
      }
    }
    List<NestedField> metadata = RowMetadata.fields(fields.size() + 1);
    fields.addAll(metadata);
    if (changeLog) {
      metadata.stream()
          .filter(field -> RowMetadata.POSITION.contains(field.name()))
          .forEach(field -> identifier.add(field.fieldId()));
      fields.add(
          NestedField.required(fields.size() + 1, RowMetadata.OPERATION, Types.StringType.get()));
    }
    return withFreshNestedIds(fields, identifier);
  }

  /** Iceberg's specification, "Identifier Field IDs": no floats and no nested types. */
  private static void requireKeyType(SchemaDocument document, Column column) {
    Type type = LakeTypes.of(column);
    boolean isFloat = type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE;
    if (isFloat || !type.isPrimitiveType()) {
      throw new OperatorException(
          "Cannot create table %s: Iceberg does not allow a key of type %s: column %s"
              .formatted(document.table(), type, column.name()),
          "Set another replica identity for the table: a unique index on NOT NULL columns of other types.");
    }
  }

  private static NestedField field(int id, Column column) {
    Type type = LakeTypes.of(column);
    return column.isKey()
        ? NestedField.required(id, column.name(), type)
        : NestedField.optional(id, column.name(), type);
  }

  private static Schema withFreshNestedIds(List<NestedField> fields, Set<Integer> identifier) {
    int[] lastId = {fields.size()};
    List<NestedField> renumbered = new ArrayList<>();
    for (NestedField field : fields) {
      Type type =
          field.type().isListType()
              ? Types.ListType.ofOptional(++lastId[0], field.type().asListType().elementType())
              : field.type();
      renumbered.add(NestedField.from(field).ofType(type).build());
    }
    return new Schema(renumbered, identifier);
  }
}
