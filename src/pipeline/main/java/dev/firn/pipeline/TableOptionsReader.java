package dev.firn.pipeline;

import dev.firn.contract.TableToken;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads the section {@code tables}: options by table token. */
final class TableOptionsReader {

  private TableOptionsReader() {}

  static Map<String, TableConfig> read(Section section) {
    Map<String, TableConfig> tables = new LinkedHashMap<>();
    section.sections().forEach((token, options) -> tables.put(token, table(token, options)));
    tables.keySet().stream()
        .filter(token -> !TableToken.isValid(token))
        .forEach(
            token ->
                section
                    .problems()
                    .add(section.path(token), "is not a table's token", token, "Use [a-z0-9_]."));
    return tables;
  }

  private static TableConfig table(String token, Section options) {
    Set<String> exclude = new HashSet<>(options.texts("exclude"));
    Map<String, Mask> masks = masks(options.section("mask"), exclude);
    Map<String, String> properties = options.section("properties").asTexts();
    Optional<ForeignFormat> format = ForeignFormatReader.read(options, token);
    Optional<Engine> engine = options.choice("engine", Engine.class);
    OptionalInt buckets = buckets(options);
    List<String> key = format.isPresent() || hasFormat(options) ? List.of() : options.texts("key");
    checkKey(options, key, exclude, masks);
    refuseWithFormat(options, format.isPresent() && !exclude.isEmpty(), "exclude");
    refuseWithFormat(options, format.isPresent() && !masks.isEmpty(), "mask");
    options.finish();
    return new TableConfig(exclude, masks, properties, format, engine, buckets, key);
  }

  // The reader of a format reads the key itself, also when the format is wrong.
  private static boolean hasFormat(Section options) {
    return options.keys().contains("format");
  }

  private static void checkKey(
      Section options, List<String> key, Set<String> exclude, Map<String, Mask> masks) {
    Set<String> seen = new HashSet<>();
    for (String column : key) {
      if (!seen.add(column)) {
        keyProblem(options, "names a column twice", column, "Name each column once.");
      }
      if (exclude.contains(column)) {
        keyProblem(options, "is excluded", column, "Remove it from exclude, or from the key.");
      }
      if (masks.containsKey(column) && !(masks.get(column) instanceof Mask.Sha256)) {
        keyProblem(options, "is masked, and all rows would become one", column, "Write sha256.");
      }
    }
  }

  private static void keyProblem(Section options, String why, String column, String remedy) {
    options.problems().add(options.path("key"), why, column, remedy);
  }

  private static OptionalInt buckets(Section options) {
    Optional<String> text = options.text("buckets").filter(value -> !value.equals("auto"));
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    if (text.get().matches("\\d{1,5}") && TableConfig.isCount(Integer.parseInt(text.get()))) {
      return OptionalInt.of(Integer.parseInt(text.get()));
    }
    options
        .problems()
        .add(
            options.path("buckets"),
            "is not allowed",
            text.get(),
            "Write auto, 0 for none, or a number from 2 to %s."
                .formatted(TableConfig.MOST_BUCKETS));
    return OptionalInt.empty();
  }

  private static void refuseWithFormat(Section options, boolean there, String key) {
    if (there) {
      options
          .problems()
          .add(
              options.path(key),
              "has no effect with a format",
              key,
              "Only Firn's own producer supports it: omit the column from columns instead.");
    }
  }

  private static Map<String, Mask> masks(Section section, Set<String> exclude) {
    Map<String, Mask> masks = new LinkedHashMap<>();
    for (String column : section.keys()) {
      mask(section, column).ifPresent(mask -> masks.put(column, mask));
      if (exclude.contains(column)) {
        section
            .problems()
            .add(section.path(column), "is excluded already", column, "Remove one of the two.");
      }
    }
    return masks;
  }

  private static Optional<Mask> mask(Section section, String column) {
    if (section.hasSection(column)) {
      Section fixed = section.section(column);
      String text = fixed.required("fixed", "Write { fixed: '***' }.");
      fixed.finish();
      return Optional.of(new Mask.Fixed(text));
    }
    String name = section.text(column).orElse("");
    return switch (name) {
      case "drop" -> Optional.of(new Mask.Drop());
      case "sha256" -> Optional.of(new Mask.Sha256());
      default -> {
        section
            .problems()
            .add(
                section.path(column),
                "is not a mask",
                name,
                "Write drop, sha256, or { fixed: '***' }.");
        yield Optional.empty();
      }
    };
  }
}
