package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.local.stage.StageConsole;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** A console that keeps everything printed on it. */
final class Printed {

  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final StageConsole console =
      new StageConsole(new PrintStream(output, true, StandardCharsets.UTF_8));

  StageConsole console() {
    return console;
  }

  void assertHas(String expected) {
    assertTrue(toString().contains(expected), () -> expected + " in:\n" + this);
  }

  @Override
  public String toString() {
    return output.toString(StandardCharsets.UTF_8);
  }
}
