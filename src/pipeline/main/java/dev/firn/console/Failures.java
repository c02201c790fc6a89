package dev.firn.console;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** How a failure is reported to a person: one sentence with its causes, and an exit code. */
public final class Failures {

  /** Longer than any useful chain of causes; some chains are circular. */
  private static final int CAUSES = 20;

  /** Java's own exceptions whose class name adds nothing to their message. */
  private static final Set<Class<?>> PLAIN =
      Set.of(
          Exception.class,
          RuntimeException.class,
          IllegalStateException.class,
          IllegalArgumentException.class,
          IOException.class,
          java.io.UncheckedIOException.class,
          java.sql.SQLException.class,
          java.util.concurrent.ExecutionException.class);

  private Failures() {}

  /**
   * The sentence of a failure. The message of an {@link OperatorException} or a {@link
   * DecisionException} is complete; a fault is reported with all its causes, since its own message
   * often names only the operation.
   */
  public static String describe(Throwable failure) {
    if (failure instanceof OperatorException || failure instanceof DecisionException) {
      return failure.getMessage();
    }
    StringBuilder text = new StringBuilder(text(failure));
    for (Throwable cause : causes(failure)) {
      // Many messages repeat that of their cause.
      if (text.indexOf(text(cause)) < 0) {
        text.append(": ").append(text(cause));
      }
    }
    return text.toString();
  }

  /** The failure, its cause, and so on. */
  public static List<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).limit(CAUSES).toList();
  }

  public static int exitCode(Throwable failure) {
    if (failure instanceof OperatorException) {
      return ExitCode.CONFIGURATION;
    }
    if (failure instanceof DecisionException) {
      return ExitCode.DECISION;
    }
    return failure instanceof InterruptedException ? ExitCode.INTERRUPTED : ExitCode.FAULT;
  }

  private static String text(Throwable failure) {
    String message = message(failure);
    String name = failure.getClass().getSimpleName();
    if (message.isEmpty() || message.equals(name)) {
      return name;
    }
    return saysWhat(failure.getClass()) ? name + ": " + message : message;
  }

  /** The class says what happened; the message only names the object: a path, a number. */
  private static boolean saysWhat(Class<?> failure) {
    return failure.getName().startsWith("java.") && !PLAIN.contains(failure);
  }

  // Spark puts the stack traces of its tasks into the message.
  private static String message(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    if (message.equals("null")) {
      return "";
    }
    int trace = message.indexOf("\n\tat ");
    return (trace < 0 ? message : message.substring(0, trace)).strip();
  }
}
