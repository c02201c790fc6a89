package dev.firn.pipeline;

import dev.firn.contract.TableToken;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The whole of {@code pipeline.yaml}.
 *
 * @param raw root of the raw zone: an absolute folder, or an {@code s3://} address
 * @param tables options by table token; a table without options is not in it
 */
public record PipelineConfig(
    SourceConfig source,
    StreamConfig stream,
    String raw,
    LakeConfig lake,
    Map<String, TableConfig> tables,
    MergeConfig merge,
    DeliveryConfig delivery) {

  public PipelineConfig {
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(stream, "stream");
    Objects.requireNonNull(raw, "raw");
    Objects.requireNonNull(lake, "lake");
    Objects.requireNonNull(merge, "merge");
    Objects.requireNonNull(delivery, "delivery");
    tables = Map.copyOf(tables);
  }

  /** The options of a table, defaults where it has none. */
  public TableConfig table(String token) {
    return tables.getOrDefault(token, TableConfig.DEFAULT);
  }

  /** The engine of a table: the one in its options, or the default of all tables. */
  public Engine engine(TableToken table) {
    return table(table.value()).engine().orElse(merge.engine());
  }

  /** The tables of other producers, in the order of their names. */
  public List<TableToken> foreignTables() {
    return tables.entrySet().stream()
        .filter(table -> table.getValue().format().isPresent())
        .map(table -> new TableToken(table.getKey()))
        .sorted()
        .toList();
  }

  public PipelineConfig with(SourceConfig other) {
    return new PipelineConfig(other, stream, raw, lake, tables, merge, delivery);
  }
}
