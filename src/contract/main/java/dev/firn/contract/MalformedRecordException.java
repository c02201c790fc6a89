package dev.firn.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A record that cannot be read as a change event; its sentence is the reason kept in quarantine.
 */
public final class MalformedRecordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Jackson's sentence about a limit; from 2.16 on it ends with the name of a method. */
  private static final Pattern LIMIT =
      Pattern.compile("([\\w ]+) \\((\\d+)\\)[\\w ]* exceeds [\\w ]*\\((\\d+)\\b.*");

  public MalformedRecordException(String reason) {
    super(reason);
  }

  public MalformedRecordException(String reason, Throwable cause) {
    super(reason, cause);
  }

  /** What a parser of JSON refused, in one line: no JSON, or JSON beyond one of the limits. */
  public static MalformedRecordException ofJson(IOException failure) {
    String sentence = firstLine(failure);
    Matcher limit = LIMIT.matcher(sentence);
    return new MalformedRecordException(
        failure instanceof StreamConstraintsException && limit.matches()
            ? "%s is %s, and the limit is %s"
                .formatted(measure(limit.group(1)), limit.group(2), limit.group(3))
            : "not JSON: " + sentence,
        failure);
  }

  // Versions of Jackson differ in their words: Spark brings its own.
  private static String measure(String words) {
    String lowerCase = words.toLowerCase(Locale.ROOT);
    return lowerCase.endsWith("depth") ? "nesting depth" : lowerCase.replace(" value ", " ");
  }

  // Jackson appends the place in the source on a second line.
  private static String firstLine(IOException failure) {
    String message =
        failure instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : failure.getMessage();
    return String.valueOf(message).lines().findFirst().orElse("");
  }
}
