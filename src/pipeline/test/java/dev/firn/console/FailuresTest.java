package dev.firn.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class FailuresTest {

  @Test
  void aFaultIsToldWithAllItsCauses() {
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
  void whatIsRepeatedIsToldOnce() {
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

  @Test
  void everyCommandCanBeAskedForStackTraces() {
    String quiet = printed(new CommandLine(new Failing()));
    assertTrue(quiet.startsWith("firn: it failed: why (--verbose prints"), quiet);

    String asked = printed(new CommandLine(new Failing()), "--verbose");
    assertTrue(asked.contains("\tat dev.firn.console.FailuresTest"), asked);
    assertFalse(asked.contains("--verbose prints"), asked);
    assertTrue(printed(new CommandLine(new Parent()), "failing", "--verbose").contains("\tat "));
    assertTrue(printed(new CommandLine(new Parent()), "--verbose", "failing").contains("\tat "));
  }

  @Test
  void anErrorIsASentenceToo() {
    String quiet = printed(new CommandLine(new Parent()), "broken");
    assertTrue(quiet.startsWith("firn: OutOfMemoryError: Java heap space (--verbose"), quiet);
    assertTrue(printed(new CommandLine(new Parent()), "broken", "--verbose").contains("\tat "));
  }

  private static String printed(CommandLine line, String... arguments) {
    StringWriter err = new StringWriter();
    line.setErr(new PrintWriter(err));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
    assertEquals(ExitCode.FAULT, Cli.run(line, arguments));
    return err.toString();
  }

  @Command(
      name = "parent",
      subcommands = {Failing.class, Broken.class})
  private static final class Parent {}

  @Command(name = "failing")
  private static final class Failing implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new IllegalStateException("it failed", new IllegalStateException("why"));
    }
  }

  @Command(name = "broken")
  private static final class Broken implements Callable<Integer> {
    @Override
    public Integer call() {
      throw new OutOfMemoryError("Java heap space");
    }
  }
}
