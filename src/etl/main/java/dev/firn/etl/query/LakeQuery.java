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
 * Runs one statement that reads. Spark executes a command as soon as it sees it, so whether a
 * statement is one is found out before: a query can stand in parentheses behind FROM, and nothing
 * else can.
 */
final class LakeQuery {

  /** Statements that are no queries, and read all the same. */
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
   * Answers the result as text.
   *
   * @throws OperatorException when the statement is wrong, or would write
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
      // The end of the line ends a comment that the statement may end with.
      spark.sql("SELECT * FROM (\n" + sql + "\n) LIMIT 0");
    } catch (Exception e) {
      if (!BEGINNINGS.contains(word)) {
        throw new OperatorException(
            "Cannot run statement: only queries are run here: " + word,
            "Write SELECT …, SHOW TABLES, DESCRIBE TABLE … or EXPLAIN SELECT …; the tables are"
                + " changed by firn merge alone.",
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
          "Cannot query the lake: it has no such database yet: " + lake.database(),
          "Run firn merge first, and look at lake.catalog and lake.database.",
          e);
    }
  }

  /**
   * The failure as the mistake in the statement it is, whether it was found before the query ran or
   * by one of its tasks; empty when it is none.
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
                "Tables are listed by 'firn query \"SHOW TABLES\"', columns by DESCRIBE TABLE.",
                failure));
      }
    }
    return Optional.empty();
  }

  // What follows is the plan. The place is that in the statement with a line before it.
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
