package dev.firn.etl.query;

import dev.firn.console.OperatorException;
import dev.firn.engine.lake.LakeCatalog;
import dev.firn.pipeline.LakeConfig;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.SparkSession;

/**
 * Runs one statement that only reads. Spark executes a command as soon as it parses it, so the
 * statement is checked first: only a query can be put in parentheses after FROM.
 */
final class LakeQuery {

  /** Statements that are not queries, but only read. */
  private static final Set<String> READING = Set.of("SHOW", "DESCRIBE", "DESC", "EXPLAIN");

  private static final Set<String> BEGINNINGS =
      Set.of("SELECT", "WITH", "VALUES", "TABLE", "FROM", "");

  private static final Pattern LETTERS = Pattern.compile("[A-Za-z]*");

  private final SparkSession spark;
  private final LakeConfig lake;

  LakeQuery(SparkSession spark, LakeConfig lake) {
    this.spark = spark;
    this.lake = lake;
  }

  /**
   * Returns the result as text.
   *
   * @throws OperatorException when the statement is invalid, or would write
   */
  String answer(String text, Format format, int limit) throws Exception {
    String sql = text.strip().replaceAll("(\\s*;)+$", "");
    String word = firstWord(sql);
    useDatabase();
    try {
      if (!READING.contains(word)) {
        requireQuery(sql, word);
      }
      return format.render(spark.sql(sql), limit);
    } catch (Exception e) {
      throw mistake(e).orElseThrow(() -> e);
    }
  }

  private void requireQuery(String sql, String word) {
    try {
      // The newline closes a comment at the end of the statement.
      spark.sql("SELECT * FROM (\n" + sql + "\n) LIMIT 0");
    } catch (Exception e) {
      if (!BEGINNINGS.contains(word)) {
        throw new OperatorException(
            "Cannot run statement: only statements that read are allowed: " + word,
            "Use SELECT …, SHOW TABLES, DESCRIBE TABLE … or EXPLAIN SELECT …; only firn merge changes"
                + " the tables.",
            e);
      }
      throw e;
    }
  }

  private void useDatabase() {
    try {
      spark.sql(
          "USE " + LakeCatalog.quote(LakeCatalog.NAME) + "." + LakeCatalog.quote(lake.database()));
    } catch (Exception e) {
      if (!firstLine(e).contains("SCHEMA_NOT_FOUND")) {
        throw e;
      }
      throw new OperatorException(
          "Cannot query the lake: the database does not exist yet: " + lake.database(),
          "Run firn merge first, or check lake.catalog and lake.database.",
          e);
    }
  }

  /**
   * Translates a failure that a mistake in the statement caused, whether it was found before the
   * query ran or by one of its tasks; empty for any other failure.
   */
  private static Optional<OperatorException> mistake(Exception failure) {
    if (failure instanceof OperatorException known) {
      return Optional.of(known);
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SparkThrowable && !(cause instanceof SparkException)) {
        return Optional.of(
            new OperatorException(
                "Cannot run query: " + firstLine(cause),
                "List the tables with 'firn query \"SHOW TABLES\"', and the columns with DESCRIBE TABLE.",
                failure));
      }
    }
    return Optional.empty();
  }

  // The following lines are the plan. The position counts the line that was added before the
  // statement.
  private static String firstLine(Throwable failure) {
    String message = String.valueOf(failure.getMessage()).strip();
    return message
        .lines()
        .findFirst()
        .orElse(message)
        .replaceAll("; line \\d+ pos \\d+| ?\\(line \\d+, pos(ition)? \\d+\\)", "")
        .replaceAll("[.;\\s]+$", "");
  }

  private static String firstWord(String sql) {
    Matcher matcher = LETTERS.matcher(sql);
    return matcher.lookingAt() ? matcher.group().toUpperCase(Locale.ROOT) : "";
  }
}
