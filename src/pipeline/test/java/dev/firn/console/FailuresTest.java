package dev.firn.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

class FailuresTest {

  @Test
  void aFaultIsReportedWithAllItsCauses() {
    IOException reason = new IOException("Connection reset", new EOFException());

    assertEquals(
        "Cannot list raw folder: raw/sales: Connection reset: EOFException",
        Failures.describe(new UncheckedIOException("Cannot list raw folder: raw/sales", reason)));
  }

  @Test
  void aFailureWithoutMessageIsNamedByItsClass() {
    assertEquals("StackOverflowError", Failures.describe(new StackOverflowError()));
    assertEquals("IllegalStateException", Failures.describe(new IllegalStateException()));
    assertEquals("OutOfMemoryError", Failures.describe(new OutOfMemoryError("OutOfMemoryError")));
  }

  @Test
  void aMessageThatSaysNothingByItselfHasTheNameOfItsClass() {
    assertEquals(
        "OutOfMemoryError: Java heap space",
        Failures.describe(new OutOfMemoryError("Java heap space")));
    assertEquals(
        "Cannot read: FileNotFoundException: /raw/x",
        Failures.describe(
            new IllegalStateException("Cannot read", new FileNotFoundException("/raw/x"))));
  }

  @Test
  void aRepeatedMessageIsReportedOnce() {
    RuntimeException again = new RuntimeException(new NullPointerException("no table"));

    assertEquals("java.lang.NullPointerException: no table", Failures.describe(again));
    assertEquals(
        "Job aborted: java.io.IOException: disk full",
        Failures.describe(
            new RuntimeException(
                "Job aborted: java.io.IOException: disk full\n\tat dev.firn.Some.method(1)\nDriver stacktrace:",
                new IOException("disk full"))));
  }

  @Test
  void whatTheOperatorCanFixIsAWholeSentence() {
    OperatorException mistake =
        new OperatorException("Cannot open lake", "Look at it.", new IOException("inner"));

    assertEquals("Cannot open lake. Look at it.", Failures.describe(mistake));
    assertEquals(ExitCode.CONFIGURATION, Failures.exitCode(mistake));
    assertEquals(ExitCode.DECISION, Failures.exitCode(new DecisionException("a", "b")));
    assertEquals(ExitCode.INTERRUPTED, Failures.exitCode(new InterruptedException()));
    assertEquals(ExitCode.FAULT, Failures.exitCode(new OutOfMemoryError()));
  }

  @Test
  void causesInACircleComeToAnEnd() {
    IllegalStateException one = new IllegalStateException("one");
    IllegalStateException two = new IllegalStateException("two", one);
    one.initCause(two);

    assertEquals("one: two", Failures.describe(one));
  }
}
