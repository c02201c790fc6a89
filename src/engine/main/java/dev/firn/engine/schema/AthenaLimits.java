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
 * The limits that can prevent Amazon Athena from reading a table (Athena User Guide, "Query Apache
 * Iceberg tables" and "Supported data types for Iceberg tables in Athena"). The types that Firn
 * uses are within the limits; a table property, columns that differ only in case, or changes by the
 * owner of a table may exceed them.
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

  /** A message for each limit that the table exceeds. */
  public static List<String> beyond(Table table) {
    return beyond(table.schema(), TableUtil.formatVersion(table));
  }

  static List<String> beyond(Schema schema, int formatVersion) {
    List<String> sentences = new ArrayList<>();
    if (formatVersion > FORMAT_VERSION) {
      sentences.add(
          "Athena cannot read this table: its Iceberg format version is %s, but Athena reads only up to %s"
              .formatted(formatVersion, FORMAT_VERSION));
    }
    for (String names : alike(schema)) {
      sentences.add(
          "Athena cannot read this table: Athena ignores the case of column names: " + names);
    }
    for (String column : unknown(schema)) {
      sentences.add("Athena cannot read column: Athena does not support its type: " + column);
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
