package dev.firn.console;

/** What a failure says to a person. */
public final class Failures {

  private Failures() {}

  /**
   * Its sentence. One that is written for the operator stands for itself; any other is followed by
   * those of its causes.
   */
  public static String describe(Throwable failure) {
    if (failure instanceof OperatorException || failure instanceof DecisionException) {
      return failure.getMessage();
    }
    StringBuilder text = new StringBuilder(sentence(failure));
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      text.append(": ").append(sentence(cause));
    }
    return text.toString();
  }

  private static String sentence(Throwable failure) {
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}
