package dev.firn.pipeline;

import dev.firn.contract.TableToken;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Reads the section {@code source}. */
final class SourceReader {

  private static final String PASSWORD = "FIRN_PG_PASSWORD";

  private SourceReader() {}

  static SourceConfig read(Section section, UnaryOperator<String> location) {
    String url =
        section.required(
            "url",
            text -> text.startsWith("jdbc:postgresql:") && !text.contains("password="),
            "Write jdbc:postgresql://host:5432/database, without a password in it.");
    String user = section.required("user", "Name the role that replicates.");
    Secret password = secret(section, "password", PASSWORD);
    String name = "Write lower-case letters, digits and underscores, 63 at most.";
    String slot = section.required("slot", text -> text.matches("[a-z0-9_]{1,63}"), name);
    String publication =
        section.required(
            "publication",
            SourceReader::isIdentifier,
            "Write the publication's name without quotes, as pg_publication shows it.");
    List<SourceTable> tables = sourceTables(section);
    SourceOptions options = SourceOptionsReader.read(section, location);
    Secret maskKey = secret(section, "mask_key", SourceConfig.MASK_KEY);
    section.finish();
    return new SourceConfig(url, user, password, slot, publication, tables, options, maskKey);
  }

  /** PostgreSQL's limit for a name: 63 bytes. */
  private static boolean isIdentifier(String text) {
    int bytes = text.getBytes(StandardCharsets.UTF_8).length;
    return bytes > 0 && bytes <= 63 && text.chars().noneMatch(Character::isISOControl);
  }

  private static Secret secret(Section section, String key, String variable) {
    Optional<String> text = section.text(key).filter(value -> !value.isEmpty());
    if (text.isEmpty() || Secret.isReference(text.get())) {
      return text.map(Secret::reference).orElse(new Secret(variable));
    }
    section
        .problems()
        .add(
            section.path(key),
            "is not a reference",
            "(not shown)",
            "Write ${env:NAME} and set that environment variable, or ${secret:NAME} for one of AWS"
                + " Secrets Manager: no secrets in this file.");
    return new Secret(variable);
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
}
