package dev.firn.engine.schema;

import dev.firn.contract.ReservedColumns;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.apache.iceberg.types.Type.TypeID;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types.NestedField;

/**
 * What keeps Amazon Athena from reading a table (Athena User Guide, "Query Apache Iceberg tables"
 * and "Supported data types for Iceberg tables in Athena"). The types that Firn gives its columns
 * are within it; a table property, columns that differ by case, or the owner of a table may go
 * beyond.
 */
public final class AthenaLimits {

  private static final int FORMAT_VERSION = 2;

  private static final Set<TypeID> TYPES =
      EnumSet.of(
          TypeID.BOOLEAN,
          TypeID.INTEGER,
          TypeID.LONG,
          TypeID.FLOAT,
          TypeID.DOUBLE,
          TypeID.DECIMAL,
          TypeID.DATE,
          TypeID.TIMESTAMP,
          TypeID.STRING,
          TypeID.BINARY,
          TypeID.LIST,
          TypeID.MAP,
          TypeID.STRUCT);

  private AthenaLimits() {}

  /** A sentence for each limit that the table is beyond. */
  public static List<String> beyond(Table table) {
    return beyond(table.schema(), TableUtil.formatVersion(table));
  }

  static List<String> beyond(Schema schema, int formatVersion) {
    List<String> sentences = new ArrayList<>();
    if (formatVersion > FORMAT_VERSION) {
      sentences.add(
          "Athena cannot read this table: it is of Iceberg's format %s, Athena reads %s at most"
              .formatted(formatVersion, FORMAT_VERSION));
    }
    for (String names : alike(schema)) {
      sentences.add(
          "Athena cannot read this table: it does not tell columns apart by case: " + names);
    }
    for (String column : unknown(schema)) {
      sentences.add("Athena cannot read column: it has no such type: " + column);
    }
    return sentences;
  }

  private static List<String> unknown(Schema schema) {
    return TypeUtil.indexById(schema.asStruct()).values().stream()
        .filter(field -> !TYPES.contains(field.type().typeId()))
        .map(field -> "%s %s".formatted(schema.findColumnName(field.fieldId()), field.type()))
        .toList();
  }

  private static List<String> alike(Schema schema) {
    return ReservedColumns.alike(schema.columns().stream().map(NestedField::name).toList()).stream()
        .map(columns -> String.join(", ", columns))
        .toList();
  }
}
