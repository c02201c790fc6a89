package dev.firn.local.workload;

import dev.firn.pipeline.QualifiedName;
import java.util.List;
import java.util.Locale;

/** The tables of schema.sql and their keys. */
enum SampleTable {
  SALES,
  PRODUCT,
  STORE,
  PROMOTION;

  String sqlName() {
    return name().toLowerCase(Locale.ROOT);
  }

  QualifiedName qualifiedName() {
    return new QualifiedName("public", sqlName());
  }

  List<String> keyColumns() {
    return switch (this) {
      case SALES -> List.of("id");
      case PRODUCT -> List.of("product_id");
      case STORE -> List.of("region_code", "store_no");
      case PROMOTION -> List.of("code");
    };
  }

  Row key(Row row) {
    return row.only(keyColumns());
  }
}
