package dev.firn.pipeline;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The meaning of each key of the configuration, and its allowed values. */
final class PipelineReader {

  private static final String SQLITE = "jdbc:sqlite:";

  private final BaseFolder folder;

  PipelineReader(BaseFolder folder) {
    this.folder = folder;
  }

  PipelineConfig read(Section root) {
    SourceConfig source =
        SourceReader.read(
            root.requiredSection("source", "Name the database to capture."), folder::resolve);
    StreamConfig stream =
        StreamReader.read(
            root.requiredSection("stream", "Write stream: { direct: true } for one machine."));
    String raw =
        folder.resolve(
            root.required("raw", "Name a folder, or s3://bucket/raw, for the raw files."));
    LakeConfig lake = lake(root.requiredSection("lake", "Name the catalog of the tables."));
    Map<String, TableConfig> tables = TableOptionsReader.read(root.section("tables"));
    refuseUnknown(tables, source, root.problems());
    MergeConfig merge = MergeReader.read(root.section("merge"));
    DeliveryConfig delivery = DeliveryReader.read(root.section("delivery"), folder.local());
    root.finish();
    return new PipelineConfig(source, stream, raw, lake, tables, merge, delivery);
  }

  // A mask under a wrong table name would mask nothing.
  private static void refuseUnknown(
      Map<String, TableConfig> tables, SourceConfig source, Problems problems) {
    Set<String> tokens = new TreeSet<>();
    source.tables().forEach(table -> tokens.add(table.token().value()));
    tables.forEach(
        (token, options) -> {
          if (options.format().isEmpty() && !tokens.contains(token)) {
            problems.add(
                "tables." + token,
                "is not a table of source.tables, and has no format",
                token,
                "The tokens in source.tables are: %s.".formatted(String.join(", ", tokens)));
          }
        });
  }

  private LakeConfig lake(Section section) {
    String catalog =
        section.required(
            "catalog",
            text -> text.equals(LakeConfig.GLUE) || text.startsWith("jdbc:"),
            "Write glue, or jdbc:sqlite:FILE for one machine.");
    String database =
        section.required(
            "database",
            text -> text.matches("[a-z][a-z0-9_]{0,62}"),
            "Write lower-case letters, digits and underscores.");
    String warehouse =
        folder.resolve(section.required("warehouse", "Name a folder, or s3://bucket/warehouse."));
    section.finish();
    String address =
        catalog.startsWith(SQLITE)
            ? SQLITE + folder.resolveHere(catalog.substring(SQLITE.length()))
            : catalog;
    return new LakeConfig(address, database, warehouse);
  }
}
