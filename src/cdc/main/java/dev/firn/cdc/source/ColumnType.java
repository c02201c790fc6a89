package dev.firn.cdc.source;

import dev.firn.cdc.value.PgType;
import dev.firn.cdc.value.ScalarKind;
import dev.firn.cdc.value.TypeModifiers;
import dev.firn.source.catalog.CatalogType;
import java.util.List;

/** How the values of a type of the catalog are written, with the modifiers of a domain. */
record ColumnType(PgType type, int domainModifier) {

  static ColumnType of(CatalogType type) {
    return new ColumnType(written(type), type.modifier());
  }

  List<Integer> modifiers(int columnModifier) {
    int modifier = columnModifier == -1 ? domainModifier : columnModifier;
    return TypeModifiers.decode(elementName(type), modifier);
  }

  private static PgType written(CatalogType type) {
    if (type.element().isPresent()) {
      return new PgType.Array(written(type.element().get()), type.delimiter());
    }
    ScalarKind kind = type.isBuiltIn() ? ScalarKind.ofBuiltIn(type.name()) : ScalarKind.TEXT;
    return new PgType.Scalar(type.name(), kind);
  }

  private static String elementName(PgType type) {
    return type instanceof PgType.Array array ? elementName(array.element()) : type.name();
  }
}
