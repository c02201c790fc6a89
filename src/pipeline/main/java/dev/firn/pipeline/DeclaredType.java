package dev.firn.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type as a person declares it, {@code numeric(12,2)}, {@code integer} or {@code text[]}, by
 * PostgreSQL's internal name.
 *
 * @param name as {@link dev.firn.contract.Column#type()} has it
 */
record DeclaredType(String name, List<Integer> modifiers) {

  private static final Pattern TYPE =
      Pattern.compile(
          "([a-z][a-z0-9 ]*?)\\s*(?:\\(\\s*(\\d{1,4})\\s*(?:,\\s*(\\d{1,4})\\s*)?\\))?"
              + "( with(?:out)? time zone)?(\\[\\])?");

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("boolean", "bool"),
          Map.entry("smallint", "int2"),
          Map.entry("integer", "int4"),
          Map.entry("int", "int4"),
          Map.entry("bigint", "int8"),
          Map.entry("real", "float4"),
          Map.entry("double precision", "float8"),
          Map.entry("decimal", "numeric"),
          Map.entry("character varying", "varchar"),
          Map.entry("character", "bpchar"),
          Map.entry("char", "bpchar"),
          Map.entry("timestamp with time zone", "timestamptz"),
          Map.entry("timestamp without time zone", "timestamp"),
          Map.entry("time without time zone", "time"),
          Map.entry("time with time zone", "timetz"));

  // Without this list an unknown name, also a typo, would be treated as a text.
  private static final Set<String> KNOWN =
      Set.of(
          "bool",
          "int2",
          "int4",
          "int8",
          "oid",
          "float4",
          "float8",
          "numeric",
          "timestamptz",
          "timestamp",
          "date",
          "time",
          "timetz",
          "bytea",
          "text",
          "varchar",
          "bpchar",
          "citext",
          "uuid",
          "json",
          "jsonb",
          "xml",
          "interval",
          "inet",
          "cidr",
          "macaddr",
          "macaddr8");

  /** Empty if the lake has no equivalent of the type. */
  static Optional<DeclaredType> parse(String text) {
    Matcher matcher = TYPE.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String zone = matcher.group(4) == null ? "" : matcher.group(4);
    String spelled = matcher.group(1) + zone;
    String name = ALIASES.getOrDefault(spelled, spelled);
    if (!KNOWN.contains(name)) {
      return Optional.empty();
    }
    List<Integer> modifiers = new ArrayList<>();
    for (int group = 2; group <= 3 && matcher.group(group) != null; group++) {
      modifiers.add(Integer.valueOf(matcher.group(group)));
    }
    String brackets = matcher.group(5) == null ? "" : "[]";
    return Optional.of(new DeclaredType(name + brackets, modifiers));
  }
}
