package dev.firn.local.workload;

import dev.firn.pipeline.QualifiedName;
import java.util.List;
import java.util.Locale;

/** The tables of schema.sql and their keys. */
enum SampleTable {
  SALES("id"),
  PRODUCT("product_id"),
  STORE("region_code", "store_no"),
  PROMOTION("code");

  private final List<String> keyColumns;

  SampleTable(String... keyColumns) {
    this.keyColumns = List.of(keyColumns);
  }

  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  QualifiedName qualifiedName() {
    return new QualifiedName("public", sqlName());
  }

  List<String> keyColumns() {
    return keyColumns;
  }

  Row key(Row row) {
    return row.only(keyColumns);
  }
}
