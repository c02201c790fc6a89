package dev.firn.etl.verify;

import dev.firn.etl.verify.Difference.ColumnDifference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Describes how the rows of some keys differ. */
final class KeyComparison {

  private static final Pattern NUMBER = Pattern.compile("\\d+");
  private static final int DIGITS = 20;

  private final List<SourceColumn> columns;
  private final Set<String> key;

  /**
   * @param columns in the order of the texts
   */
  KeyComparison(List<SourceColumn> columns, Set<String> key) {
    this.columns = columns;
    this.key = key;
  }

  /** The differences of these keys, in the order of their names. */
  List<Difference> compare(Set<Long> keys, Side source, Side lake) {
    BothSides<Map<Long, List<List<String>>>> texts =
        BothSides.ask(source, lake, side -> side.texts(keys));
    return keys.stream()
        .map(
            hash ->
                compare(
                    texts.source().getOrDefault(hash, List.of()),
                    texts.lake().getOrDefault(hash, List.of())))
        .sorted(Comparator.comparing(difference -> padded(difference.key())))
        .toList();
  }

  private Difference compare(List<List<String>> source, List<List<String>> lake) {
    List<String> any = (source.isEmpty() ? lake : source).get(0);
    List<ColumnDifference> columns =
        source.size() == 1 && lake.size() == 1 ? columns(source.get(0), lake.get(0)) : List.of();
    return new Difference(key(any), source.size(), lake.size(), columns);
  }

  private List<ColumnDifference> columns(List<String> source, List<String> lake) {
    List<ColumnDifference> different = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      if (!Objects.equals(source.get(i), lake.get(i))) {
        different.add(
            new ColumnDifference(
                columns.get(i).name(), readable(i, source.get(i)), readable(i, lake.get(i))));
      }
    }
    return different;
  }

  private String key(List<String> row) {
    return IntStream.range(0, columns.size())
        .filter(i -> key.contains(columns.get(i).name()))
        .mapToObj(i -> columns.get(i).name() + "=" + readable(i, row.get(i)))
        .collect(Collectors.joining(", "));
  }

  private String readable(int column, String text) {
    return text == null ? null : columns.get(column).text().readable(text);
  }

  // Numbers are sorted as numbers: id=9 before id=10.
  private static String padded(String key) {
    return NUMBER
        .matcher(key)
        .replaceAll(
            digits -> "0".repeat(Math.max(0, DIGITS - digits.group().length())) + digits.group());
  }
}
