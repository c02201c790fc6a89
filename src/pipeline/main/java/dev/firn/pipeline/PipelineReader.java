package dev.firn.pipeline;

import dev.firn.contract.TableToken;
import dev.firn.contract.raw.BufferLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What each key of the configuration means, and what may stand there. */
final class PipelineReader {

  private static final String SQLITE = "jdbc:sqlite:";

  private final Path folder;

  PipelineReader(Path folder) {
    this.folder = folder;
  }

  PipelineConfig read(Section root) {
    SourceConfig source = source(root.requiredSection("source", "Name the database to carry."));
    StreamConfig stream =
        stream(root.requiredSection("stream", "Write stream: { direct: true } for one machine."));
    String raw =
        location(root.required("raw", "Name a folder, or s3://bucket/raw, for the raw files."));
    LakeConfig lake = lake(root.requiredSection("lake", "Name the catalog of the tables."));
    Map<String, TableConfig> tables = tables(root.section("tables"));
    MergeConfig merge = merge(root.section("merge"));
    root.finish();
    return new PipelineConfig(source, stream, raw, lake, tables, merge);
  }

  private static SourceConfig source(Section section) {
    String url =
        section.required(
            "url",
            text -> text.startsWith("jdbc:postgresql:") && !text.contains("password="),
            "Write jdbc:postgresql://host:5432/database, without a password in it.");
    String user = section.required("user", "Name the role that replicates.");
    String password =
        section.text("password").filter(text -> !text.isEmpty()).orElse("${env:FIRN_PG_PASSWORD}");
    if (!Secret.isReference(password)) {
      section
          .problems()
          .add(
              section.path("password"),
              "is not a reference",
              "(not shown)",
              "Write ${env:NAME} and set that environment variable: no secrets in this file.");
      password = "${env:FIRN_PG_PASSWORD}";
    }
    String name = "Write lower-case letters, digits and underscores, 63 at most.";
    String slot = section.required("slot", text -> text.matches("[a-z0-9_]{1,63}"), name);
    String publication =
        section.required("publication", text -> text.matches("[a-z_][a-z0-9_]{0,62}"), name);
    List<SourceTable> tables = sourceTables(section);
    section.finish();
    return new SourceConfig(url, user, Secret.reference(password), slot, publication, tables);
  }

  private static List<SourceTable> sourceTables(Section section) {
    List<SourceTable> tables = new ArrayList<>();
    Set<TableToken> tokens = new HashSet<>();
    for (Object entry : section.list("tables")) {
      SourceTable table = sourceTable(section, entry);
      if (table == null) {
        continue;
      }
      tables.add(table);
      if (!tokens.add(table.token())) {
        section
            .problems()
            .add(
                section.path("tables"),
                "has two tables of one token",
                table.token(),
                "Give one of them another: { table: '" + table.name() + "', token: … }.");
      }
    }
    if (section.list("tables").isEmpty()) {
      section.problems().addMissing(section.path("tables"), "List them: [public.sales].");
    }
    return tables;
  }

  private static SourceTable sourceTable(Section section, Object entry) {
    Section options =
        new Section(
            section.path("tables"),
            entry instanceof Map<?, ?> map ? map : Map.of("table", String.valueOf(entry)),
            section.problems());
    String text = options.required("table", "Name the table: { table: public.sales }.");
    QualifiedName name = QualifiedName.parse(text).orElse(null);
    if (name == null) {
      options
          .problems()
          .add(
              section.path("tables"),
              "is not a name",
              text,
              "Write schema.table, quoted as in SQL.");
      return null;
    }
    String token = options.text("token").orElse(TableToken.natural(name.schema(), name.table()));
    options.finish();
    if (!TableToken.isValid(token)) {
      options
          .problems()
          .add(
              section.path("tables"),
              "cannot be a folder's name",
              token,
              "Give the table a token of [a-z0-9_]: { table: '" + text + "', token: … }.");
      return null;
    }
    return new SourceTable(name, new TableToken(token));
  }

  private static StreamConfig stream(Section section) {
    if (!section.isEmpty() && section.text("direct").isEmpty()) {
      section.problems().addMissing(section.path("direct"), "Write direct: true.");
    }
    if (section.flag("direct").equals(Optional.of(false))) {
      section
          .problems()
          .add(section.path("direct"), "is not allowed", false, "Write direct: true.");
    }
    BufferLimits defaults = StreamConfig.DEFAULT_BUFFER;
    Section buffer = section.section("buffer");
    Duration age = buffer.duration("age", defaults.maxAge());
    long megabytes = buffer.number("megabytes", 1, 4096, defaults.maxBytes() >> 20);
    buffer.finish();
    section.finish();
    return new StreamConfig(new BufferLimits(age, megabytes << 20, defaults.maxFiles()));
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
        location(section.required("warehouse", "Name a folder, or s3://bucket/warehouse."));
    section.finish();
    String address =
        catalog.startsWith(SQLITE)
            ? SQLITE + location(catalog.substring(SQLITE.length()))
            : catalog;
    return new LakeConfig(address, database, warehouse);
  }

  private static Map<String, TableConfig> tables(Section section) {
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

  private static MergeConfig merge(Section section) {
    MergeConfig defaults = MergeConfig.DEFAULT;
    MergeConfig merge =
        new MergeConfig(
            section.duration("look_back", defaults.lookBack()),
            section.duration("tombstones", defaults.tombstones()),
            (int) section.number("parallel_tables", 1, 64, defaults.parallelTables()),
            section.share("quarantine_limit", defaults.quarantineLimit()));
    section.finish();
    return merge;
  }

  private String location(String text) {
    return text.isEmpty() || text.contains("://")
        ? text
        : folder.resolve(text).normalize().toString();
  }
}
