package dev.firn.etl.query;

import dev.firn.console.TextTable;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;

/** How the rows of a result are written. */
enum Format {
  /** For people, with the number of rows in the last line. */
  TABLE {
    @Override
    String render(Dataset<Row> result, int limit) {
      TextTable table = new TextTable(Arrays.asList(result.columns()));
      List<Row> rows = texts(result).takeAsList(more(limit));
      rows.stream().limit(limit).forEach(row -> table.row(cells(row, "NULL", Format::oneLine)));
      String count =
          rows.size() > limit
              ? String.format(
                  Locale.ROOT, "(the first %,d rows; raise --limit to see more)%n", limit)
              : String.format(
                  Locale.ROOT, "(%,d %s)%n", rows.size(), rows.size() == 1 ? "row" : "rows");
      return table.render() + count;
    }
  },
  /** RFC 4180 with a header; NULL is written as nothing, an empty text as two quotes. */
  CSV {
    @Override
    String render(Dataset<Row> result, int limit) {
      StringBuilder out = new StringBuilder();
      line(out, Arrays.stream(result.columns()).map(Format::csv).toArray());
      for (Row row : texts(result).takeAsList(limit)) {
        line(out, cells(row, "", Format::csv));
      }
      return out.toString();
    }
  },
  /** One JSON object for each row, one row a line, with nulls. */
  JSON {
    @Override
    String render(Dataset<Row> result, int limit) {
      result.sparkSession().conf().set("spark.sql.jsonGenerator.ignoreNullFields", "false");
      return result.toJSON().takeAsList(limit).stream()
          .map(line -> line + "\n")
          .collect(Collectors.joining());
    }
  };

  /** Runs the query; at most {@code limit} rows reach the driver. */
  abstract String render(Dataset<Row> result, int limit);

  private static int more(int limit) {
    return limit == Integer.MAX_VALUE ? limit : limit + 1;
  }

  /**
   * Casts all columns to text. They get generated names: a result may contain the same name twice.
   */
  private static Dataset<Row> texts(Dataset<Row> result) {
    StructField[] fields = result.schema().fields();
    String[] names =
        IntStream.range(0, fields.length).mapToObj(i -> "c" + i).toArray(String[]::new);
    return result
        .toDF(names)
        .select(
            IntStream.range(0, fields.length)
                .mapToObj(i -> text(functions.col(names[i]), fields[i]))
                .toArray(Column[]::new));
  }

  // A cast would read the bytes as UTF-8.
  private static Column text(Column column, StructField field) {
    return field.dataType().equals(DataTypes.BinaryType)
        ? functions.hex(column)
        : column.cast(DataTypes.StringType);
  }

  private static Object[] cells(Row row, String missing, UnaryOperator<String> text) {
    return IntStream.range(0, row.length())
        .mapToObj(i -> row.isNullAt(i) ? missing : text.apply(row.getString(i)))
        .toArray();
  }

  private static String oneLine(String text) {
    return text.replace("\r", "\\r").replace("\n", "\\n").replace("\t", "\\t");
  }

  private static String csv(String text) {
    return text.isEmpty() || text.matches("(?s).*[\",\r\n].*")
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }

  private static void line(StringBuilder out, Object[] cells) {
    out.append(Arrays.stream(cells).map(String::valueOf).collect(Collectors.joining(",")));
    out.append('\n');
  }
}
