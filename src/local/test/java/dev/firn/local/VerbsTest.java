package dev.firn.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.ExitCode;
import dev.firn.local.stage.StageProcess;
import dev.firn.local.stage.StageProcess.Output;
import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code bin/firn} and the docs list the commands and options that the build has written down. */
@RunsProcesses
class VerbsTest {

  private static final String MARK = "<!-- Written by make docs from here on. -->\n";

  @Test
  void theDocsHaveEveryVerbWithItsOptions() throws IOException {
    String docs = Files.readString(FirnHome.folder().resolve("docs/commands.md"));

    assertEquals(
        String.join("", written("commands.md")),
        docs.substring(docs.indexOf(MARK) + MARK.length()),
        "make docs writes it");
  }

  @Test
  void binFirnListsEveryVerbAndRefusesOthers() throws IOException, InterruptedException {
    List<String> help = new CopyOnWriteArrayList<>();
    assertEquals(ExitCode.DONE, firn(help, "--help"));
    List<String> verbs = written("verbs").stream().flatMap(String::lines).toList();
    assertFalse(verbs.isEmpty());
    for (String verb : verbs) {
      List<String> fields = List.of(verb.split("\t", -1));
      String line = "  %-10s %s".formatted(fields.get(0), fields.get(3));
      assertTrue(help.contains(line), () -> line + " in " + help);
    }

    List<String> refusal = new CopyOnWriteArrayList<>();
    assertEquals(ExitCode.CONFIGURATION, firn(refusal, "mrege"));
    assertEquals(
        List.of("firn: Cannot run mrege: there is no such verb. Run: firn --help"), refusal);
  }

  private static int firn(List<String> lines, String argument) throws InterruptedException {
    List<String> command = List.of(FirnHome.command().toString(), argument);
    return StageProcess.start("firn", command, Map.of(), new Output(lines::add, lines::add))
        .await();
  }

  private static List<String> written(String file) throws IOException {
    String build = System.getProperty("firn.build.folder");
    try (Stream<Path> modules = Files.list(FirnHome.folder().resolve("src"))) {
      List<Path> files =
          modules
              .map(module -> module.resolve(build).resolve(file))
              .filter(Files::exists)
              .sorted()
              .toList();
      List<String> texts = new CopyOnWriteArrayList<>();
      for (Path one : files) {
        texts.add(Files.readString(one));
      }
      return texts;
    }
  }
}
