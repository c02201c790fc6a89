package dev.firn.local.workload;

import dev.firn.console.OperatorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * CSV as PostgreSQL's COPY reads and writes it: a header, fields in quotes where they hold a comma,
 * a quote or a line break, and an empty field without quotes for NULL.
 */
final class CsvFile {

  private final String text;
  private final String origin;
  private int at;
  private int line = 1;

  private CsvFile(String text, String origin) {
    this.text = text;
    this.origin = origin;
  }

  static List<Row> read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot read sample data: no such file can be read: " + file,
          "Name its folder with --sample.",
          e);
    }
  }

  /**
   * @param origin of the text, for messages
   */
  static List<Row> parse(String text, String origin) {
    CsvFile file = new CsvFile(text, origin);
    List<String> header = file.record();
    List<Row> rows = new ArrayList<>();
    while (!file.atEnd()) {
      rows.add(file.row(header));
    }
    return rows;
  }

  /** Rows without a header, as COPY … (FORMAT csv) takes them. */
  static String write(List<Row> rows) {
    return rows.stream()
        .map(row -> row.values().values().stream().map(CsvFile::quote))
        .map(fields -> fields.collect(Collectors.joining(",", "", "\n")))
        .collect(Collectors.joining());
  }

  private static String quote(String value) {
    return value == null ? "" : '"' + value.replace("\"", "\"\"") + '"';
  }

  private Row row(List<String> header) {
    int begun = line;
    List<String> fields = record();
    if (fields.size() != header.size()) {
      throw new OperatorException(
          "Cannot read sample data: %s fields are expected and %s are there: %s, line %s"
              .formatted(header.size(), fields.size(), origin, begun),
          "Mend the line, or write the files anew with generate.py.");
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      values.put(header.get(i), fields.get(i));
    }
    return new Row(values);
  }

  private List<String> record() {
    List<String> fields = new ArrayList<>();
    do {
      fields.add(field());
    } while (skip(','));
    skip('\r');
    if (!skip('\n') && !atEnd()) {
      throw malformed("a comma or the end of the line is expected");
    }
    line++;
    return fields;
  }

  private String field() {
    if (skip('"')) {
      return quoted();
    }
    int begin = at;
    while (!atEnd() && ",\r\n".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return begin == at ? null : text.substring(begin, at);
  }

  private String quoted() {
    StringBuilder value = new StringBuilder();
    while (true) {
      if (atEnd()) {
        throw malformed("a quote is not closed");
      }
      char c = text.charAt(at++);
      if (c == '"' && !skip('"')) {
        return value.toString();
      }
      line += c == '\n' ? 1 : 0;
      value.append(c);
    }
  }

  private boolean skip(char expected) {
    boolean found = !atEnd() && text.charAt(at) == expected;
    at += found ? 1 : 0;
    return found;
  }

  private boolean atEnd() {
    return at >= text.length();
  }

  private OperatorException malformed(String why) {
    return new OperatorException(
        "Cannot read sample data: %s: %s, line %s".formatted(why, origin, line),
        "Mend the line, or write the files anew with generate.py.");
  }
}
