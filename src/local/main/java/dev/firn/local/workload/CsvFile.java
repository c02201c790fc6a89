package dev.firn.local.workload;

import dev.firn.console.OperatorException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** CSV as PostgreSQL's COPY reads and writes it: an empty field without quotes is NULL. */
final class CsvFile {

  private static final CSVFormat COPY = CSVFormat.POSTGRESQL_CSV;
  private static final CSVFormat WITH_HEADER =
      COPY.builder().setHeader().setSkipHeaderRecord(true).get();
  private static final String REMEDY = "Fix the line, or write the files again with generate.py.";

  private CsvFile() {}

  static List<Row> read(Path file) {
    try {
      return parse(Files.readString(file), file.toString());
    } catch (IOException e) {
      throw new OperatorException(
          "Cannot read sample data: the file does not exist or is not readable: " + file,
          "Name its folder with --sample.",
          e);
    }
  }

  /**
   * @param origin of the text, for messages
   */
  static List<Row> parse(String text, String origin) {
    List<Row> rows = new ArrayList<>();
    try (CSVParser parser = CSVParser.parse(new StringReader(text), WITH_HEADER)) {
      Iterator<CSVRecord> records = parser.iterator();
      String place = place(parser, origin);
      while (hasNext(records, place)) {
        rows.add(row(records.next(), parser.getHeaderNames(), place));
        place = place(parser, origin);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read sample data: " + origin, e);
    }
    return rows;
  }

  /** Rows without a header, as COPY … (FORMAT csv) takes them. */
  static String write(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    for (Row row : rows) {
      text.append(COPY.format(row.values().values().toArray())).append('\n');
    }
    return text.toString();
  }

  /** The first line of the record that is read next. */
  private static String place(CSVParser parser, String origin) {
    return "%s, line %s".formatted(origin, parser.getCurrentLineNumber() + 1);
  }

  private static boolean hasNext(Iterator<CSVRecord> records, String place) {
    try {
      return records.hasNext();
    } catch (UncheckedIOException e) {
      throw new OperatorException(
          "Cannot read sample data: a quote is not closed, or closed too early: " + place,
          REMEDY,
          e);
    }
  }

  private static Row row(CSVRecord fields, List<String> header, String place) {
    if (fields.size() != header.size()) {
      throw new OperatorException(
          "Cannot read sample data: expected %s fields and found %s: %s"
              .formatted(header.size(), fields.size(), place),
          REMEDY);
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      values.put(header.get(i), fields.get(i));
    }
    return new Row(values);
  }
}
