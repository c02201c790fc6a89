package dev.firn.cdc.preflight;

import dev.firn.source.SqlRemedy;
import java.util.Objects;
import java.util.Optional;

/**
 * What a check found.
 *
 * @param sentence what is right, or what is wrong and with what value
 * @param sql that removes the cause; empty where SQL alone cannot
 * @param advice a step that is not SQL of the source, or a note about the SQL
 */
public record Finding(Level level, String sentence, Optional<SqlRemedy> sql, String advice) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** Capture works, but this may cause harm later. */
    WARNING,
    /** Capture does not start. */
    PROBLEM
  }

  public Finding {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(sql, "sql");
    Objects.requireNonNull(advice, "advice");
  }

  public static Finding ok(String sentence) {
    return new Finding(Level.OK, sentence, Optional.empty(), "");
  }

  public static Finding warning(String sentence, String advice) {
    return new Finding(Level.WARNING, sentence, Optional.empty(), advice);
  }

  public static Finding problem(String sentence, String advice) {
    return new Finding(Level.PROBLEM, sentence, Optional.empty(), advice);
  }

  /** The same, with SQL that removes the cause. */
  Finding with(SqlRemedy remedy) {
    return new Finding(level, sentence, Optional.of(remedy), advice);
  }

  /** The same as a warning, which does not keep capture from starting. */
  Finding asWarning() {
    return new Finding(Level.WARNING, sentence, sql, advice);
  }

  /** The SQL, then the advice; empty where nothing is wrong. */
  public String remedy() {
    String statements = sql.map(SqlRemedy::toString).orElse("");
    return statements.isEmpty() || advice.isEmpty()
        ? statements + advice
        : statements + " " + advice;
  }

  /** The finding with its remedy. */
  @Override
  public String toString() {
    return remedy().isEmpty() ? sentence : sentence + ". " + remedy();
  }

  public boolean isProblem() {
    return level == Level.PROBLEM;
  }
}
