package dev.firn.local.stage;

import java.io.PrintStream;
import picocli.CommandLine.Help.Ansi;

/**
 * The lines of several processes on one console, each with its stage before it, in colour on a
 * terminal.
 */
public final class StageConsole {

  private static final int WIDTH = 9;

  private final PrintStream out;

  public StageConsole(PrintStream out) {
    this.out = out;
  }

  public void print(String stage, String line) {
    String name = String.format("%-" + WIDTH + "s", stage);
    printAsIs(Ansi.AUTO.string("@|cyan " + name + " ||@") + " " + line);
  }

  /** A line without the stage before it. */
  public synchronized void printAsIs(String line) {
    out.println(line);
    out.flush();
  }
}
