package dev.firn.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.testing.MachineLocale;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Command;

@ExtendWith(MachineLocale.class)
class CliLocaleTest {

  /** Formats as a library does that names no locale. */
  @Command(name = "careless")
  static final class Careless implements Callable<Integer> {

    private String text;

    @Override
    public Integer call() {
      text = "%d %.1f %s".formatted(1234, 0.5, "I".toLowerCase(Locale.getDefault()));
      return ExitCode.DONE;
    }
  }

  @ParameterizedTest
  @MethodSource("dev.firn.testing.MachineLocale#all")
  void commandsRunInNoLanguage(String tag) {
    MachineLocale.set(tag);
    Careless careless = new Careless();

    assertEquals(ExitCode.DONE, Cli.run(careless));
    assertEquals("1234 0.5 i", careless.text);
  }
}
