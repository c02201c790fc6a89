package dev.firn.etl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.tools.nsc.MainClass;

class GlueScriptsTest {

  private static final Path SCRIPTS = Path.of("..", "..", "glue-scripts");

  @ParameterizedTest
  @ValueSource(strings = {"merge.scala", "verify.scala"})
  void theScriptCompilesAgainstTheEngine(String script, @TempDir Path classes) {
    MainClass compiler = new MainClass();
    compiler.process(
        new String[] {"-usejavacp", "-d", classes.toString(), SCRIPTS.resolve(script).toString()});

    assertTrue(Files.exists(classes.resolve("GlueApp.class")), "see the compiler's output");
  }

  @Test
  void onlyFirnsOptionsAreTakenFromAJobsArguments() {
    String[] job = {
      "--JOB_NAME",
      "firn-merge",
      "--config",
      "s3://bucket/pipeline.yaml",
      "--TempDir",
      "s3://tmp",
      "--job-bookmark-option",
      "job-bookmark-disable",
      "--sweep",
      "24h",
      "--table",
      "sales"
    };

    assertArrayEquals(
        new String[] {
          "merge", "--config", "s3://bucket/pipeline.yaml", "--sweep", "24h", "--table", "sales"
        },
        GlueMain.arguments("merge", job));
  }

  @Test
  void anOptionWithoutAValueIsTakenWithTheOneThatGlueGivesIt() {
    String[] expected = {"merge", "--verbose", "--config", "s3://bucket/pipeline.yaml"};

    assertArrayEquals(
        expected,
        GlueMain.arguments(
            "merge", new String[] {"--verbose", "true", "--config", "s3://bucket/pipeline.yaml"}));
    assertArrayEquals(
        new String[] {"merge", "--verbose"},
        GlueMain.arguments("merge", new String[] {"--TempDir", "s3://tmp", "--verbose"}));
    assertArrayEquals(
        new String[] {"merge"}, GlueMain.arguments("merge", new String[] {"--verbose", "false"}));
  }

  @Test
  void aVerbThatFailsFailsTheJob() {
    String message =
        assertThrows(
                IllegalStateException.class,
                () -> GlueMain.run("merge", new String[] {"--config", "missing.yaml"}))
            .getMessage();

    assertEquals("firn merge ended with exit code 2; the lines above say why", message);
  }
}
