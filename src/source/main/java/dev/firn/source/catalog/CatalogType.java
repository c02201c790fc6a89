package dev.firn.source.catalog;

import java.util.Objects;
import java.util.Optional;

/**
 * A type of the catalog; a domain is resolved to its base type.
 *
 * @param name as in {@link dev.firn.contract.Column#type()}; that of an array ends in []
 * @param isBuiltIn whether it is in the schema pg_catalog; false for an array
 * @param modifier of a domain; -1 for none
 * @param element of an array
 * @param delimiter between the elements of an array
 */
public record CatalogType(
    String name, boolean isBuiltIn, int modifier, Optional<CatalogType> element, char delimiter) {

  private static final int NO_MODIFIER = -1;

  public CatalogType {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(element, "element");
  }

  static CatalogType scalar(String name, boolean isBuiltIn) {
    return new CatalogType(name, isBuiltIn, NO_MODIFIER, Optional.empty(), ',');
  }

  static CatalogType array(CatalogType element, char delimiter) {
    return new CatalogType(
        element.name() + "[]", false, element.modifier(), Optional.of(element), delimiter);
  }

  /** The same type, as a domain with a modifier has it. */
  CatalogType constrained(int other) {
    return other == NO_MODIFIER
        ? this
        : new CatalogType(name, isBuiltIn, other, element, delimiter);
  }
}
