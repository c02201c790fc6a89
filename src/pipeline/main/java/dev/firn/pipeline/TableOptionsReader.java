package dev.firn.pipeline;

import dev.firn.contract.TableToken;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads the section {@code tables}: options by table token. */
final class TableOptionsReader {

  private TableOptionsReader() {}

  static Map<String, TableConfig> read(Section section) {
    Map<String, TableConfig> tables = new LinkedHashMap<>();
    section
        .sections()
        .forEach(
            (token, options) -> {
              if (!TableToken.isValid(token)) {
                section
                    .problems()
                    .add(section.path(token), "is not a table's token", token, "Use [a-z0-9_].");
              }
              Set<String> exclude = new HashSet<>(options.texts("exclude"));
              Map<String, String> properties = options.section("properties").asTexts();
              options.finish();
              tables.put(token, new TableConfig(exclude, properties));
            });
    return tables;
  }
}
