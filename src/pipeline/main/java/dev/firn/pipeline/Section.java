package dev.firn.pipeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A mapping of the configuration file. A wrong value is recorded as a problem and replaced by a
 * default instead of throwing, so that all mistakes are found in one pass. A key that no reader
 * asks for is a mistake too.
 */
final class Section {

  private final String path;
  private final Map<?, ?> values;
  private final Problems problems;
  private final Set<String> known = new TreeSet<>();

  Section(String path, Map<?, ?> values, Problems problems) {
    this.path = path;
    this.values = values;
    this.problems = problems;
  }

  /** The section below a key; an empty one where it is missing or not a mapping. */
  Section section(String key) {
    Object value = value(key);
    if (value != null && !(value instanceof Map)) {
      problems.add(path(key), "is not a mapping", value, "Write keys and values below it.");
    }
    return new Section(path(key), value instanceof Map<?, ?> map ? map : Map.of(), problems);
  }

  Section requiredSection(String key, String remedy) {
    if (value(key) == null) {
      problems.addMissing(path(key), remedy);
    }
    return section(key);
  }

  /** The sections below this one, by key. */
  Map<String, Section> sections() {
    Map<String, Section> sections = new LinkedHashMap<>();
    keys().forEach(key -> sections.put(key, section(key)));
    return sections;
  }

  List<String> keys() {
    return values.keySet().stream().map(Object::toString).toList();
  }

  boolean hasSection(String key) {
    return value(key) instanceof Map;
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  String required(String key, String remedy) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      problems.addMissing(path(key), remedy);
    }
    return text.orElse("");
  }

  /** A required text that must satisfy a rule; empty if it does not. */
  String required(String key, Predicate<String> rule, String remedy) {
    String text = required(key, remedy);
    if (!text.isEmpty() && !rule.test(text)) {
      problems.add(path(key), "is not allowed", text, remedy);
    }
    return text;
  }

  Optional<String> text(String key) {
    Object value = value(key);
    if (value instanceof Map || value instanceof List) {
      problems.add(path(key), "is not a text", value, "Write one value.");
      return Optional.empty();
    }
    return Optional.ofNullable(value).map(Object::toString);
  }

  /** One of the constants of an enum, written in lower case; its names are the remedy. */
  <E extends Enum<E>> Optional<E> choice(String key, Class<E> type) {
    Optional<String> text = text(key);
    List<E> all = List.of(type.getEnumConstants());
    Optional<E> chosen =
        text.flatMap(name -> all.stream().filter(one -> spelled(one).equals(name)).findFirst());
    if (text.isPresent() && chosen.isEmpty()) {
      String names = String.join(" or ", all.stream().map(Section::spelled).toList());
      problems.add(path(key), "is not allowed", text.get(), "Write " + names + ".");
    }
    return chosen;
  }

  private static String spelled(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  Optional<Boolean> flag(String key) {
    Object value = value(key);
    if (value != null && !(value instanceof Boolean)) {
      problems.add(path(key), "is not true or false", value, "Write true or false.");
    }
    return value instanceof Boolean flag ? Optional.of(flag) : Optional.empty();
  }

  long number(String key, long least, long most, long defaultValue) {
    Object value = value(key);
    if (value == null) {
      return defaultValue;
    }
    if (value instanceof Number number
        && !(value instanceof Double)
        && number.longValue() >= least
        && number.longValue() <= most) {
      return number.longValue();
    }
    problems.add(
        path(key),
        "is not allowed",
        value,
        "Write a whole number from %s to %s.".formatted(least, most));
    return defaultValue;
  }

  double share(String key, double defaultValue) {
    Object value = value(key);
    if (value == null) {
      return defaultValue;
    }
    if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
      return number.doubleValue();
    }
    problems.add(path(key), "is not a share", value, "Write a number from 0 to 1, such as 0.5.");
    return defaultValue;
  }

  Duration duration(String key, Duration defaultValue) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return defaultValue;
    }
    Optional<Duration> duration = DurationText.parse(text.get());
    if (duration.isEmpty()) {
      problems.add(path(key), "is not a duration", text.get(), DurationText.REMEDY);
    }
    return duration.orElse(defaultValue);
  }

  long bytes(String key, long defaultValue) {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return defaultValue;
    }
    OptionalLong bytes = ByteSize.parse(text.get());
    if (bytes.isEmpty()) {
      problems.add(
          path(key), "is not a size", text.get(), "Write a number and a unit: 64kb, 512mb, 4gb.");
    }
    return bytes.orElse(defaultValue);
  }

  /** Bytes within bounds. */
  long bytes(String key, long least, long most, long defaultValue) {
    long bytes = bytes(key, defaultValue);
    if (bytes >= least && bytes <= most) {
      return bytes;
    }
    String upTo = most == Long.MAX_VALUE ? "" : " and at most %skb".formatted(most >> 10);
    problems.add(
        path(key),
        "is not allowed",
        value(key),
        "Write at least %skb%s.".formatted(least >> 10, upTo));
    return defaultValue;
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    for (Object element : list(key)) {
      if (element instanceof String text) {
        texts.add(text);
      } else {
        problems.add(path(key), "is not a list of texts", element, "Write texts, in quotes.");
      }
    }
    return texts;
  }

  List<?> list(String key) {
    Object value = value(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    problems.add(path(key), "is not a list", value, "Write it in brackets: [" + value + "].");
    return List.of();
  }

  /** All keys and values as texts; any key is known. */
  Map<String, String> asTexts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Object key : values.keySet()) {
      text(key.toString()).ifPresent(text -> texts.put(key.toString(), text));
    }
    return texts;
  }

  String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  Problems problems() {
    return problems;
  }

  /** Call this after all known keys were read: the remaining ones are unknown. */
  void finish() {
    for (Object key : values.keySet()) {
      if (!known.contains(key.toString())) {
        problems.add(
            path(key.toString()),
            "is not a key of this section",
            values.get(key),
            known.isEmpty() ? "Remove it." : "Known here: " + String.join(", ", known) + ".");
      }
    }
  }

  private Object value(String key) {
    known.add(key);
    return values.get(key);
  }
}
