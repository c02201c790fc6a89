package dev.firn.cdc.preflight;

import java.util.Objects;

/**
 * What a check found.
 *
 * @param sentence what is right, or what is wrong and with what value
 * @param remedy SQL or a step that mends it; empty where nothing is wrong
 */
public record Finding(Level level, String sentence, String remedy) {

  /** How bad it is. */
  public enum Level {
    OK,
    /** Capture works, and may do harm some day. */
    WARNING,
    /** Capture does not start. */
    PROBLEM
  }

  public Finding {
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(sentence, "sentence");
    Objects.requireNonNull(remedy, "remedy");
  }

  public static Finding ok(String sentence) {
    return new Finding(Level.OK, sentence, "");
  }

  static Finding warning(String sentence, String remedy) {
    return new Finding(Level.WARNING, sentence, remedy);
  }

  public static Finding problem(String sentence, String remedy) {
    return new Finding(Level.PROBLEM, sentence, remedy);
  }

  /** The finding with what mends it. */
  @Override
  public String toString() {
    return remedy.isEmpty() ? sentence : sentence + ". " + remedy;
  }

  public boolean isProblem() {
    return level == Level.PROBLEM;
  }
}
