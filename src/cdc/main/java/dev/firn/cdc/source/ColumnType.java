package dev.firn.cdc.source;

import dev.firn.cdc.value.PgType;
import dev.firn.cdc.value.TypeModifiers;
import java.util.List;

/** A type as the catalog resolves it, with the modifiers that a domain brings along. */
record ColumnType(PgType type, int domainModifier) {

  List<Integer> modifiers(int columnModifier) {
    int modifier = columnModifier == -1 ? domainModifier : columnModifier;
    return TypeModifiers.decode(elementName(type), modifier);
  }

  private static String elementName(PgType type) {
    return type instanceof PgType.Array array ? elementName(array.element()) : type.name();
  }
}
