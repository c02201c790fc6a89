package dev.firn.etl.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.console.Cli;
import dev.firn.console.OperatorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import scala.tools.nsc.MainClass;

class GlueScriptsTest {

  private static final Path SCRIPTS = Path.of("..", "..", "glue-scripts");

  @Test
  void theScriptCompilesAgainstTheEngine(@TempDir Path classes) {
    MainClass compiler = new MainClass();
    compiler.process(
        new String[] {
          "-usejavacp", "-d", classes.toString(), SCRIPTS.resolve("firn.scala").toString()
        });

    assertTrue(Files.exists(classes.resolve("GlueApp.class")), "see the compiler's output");
  }

  @Test
  void everyVerbAndEachOfItsOptionsCanBeGivenToAJob() {
    CommandLine firn = Cli.model(new EtlMain());
    firn.getSubcommands()
        .forEach(
            (verb, command) ->
                command.getCommandSpec().options().stream()
                    .map(OptionSpec::longestName)
                    .forEach(
                        option ->
                            assertEquals(
                                List.of(verb, option),
                                arguments("--verb", verb, option, "1").subList(0, 2))));
  }

  @Test
  void gluesOwnArgumentsAreLeftOut() {
    assertEquals(
        List.of("merge", "--config", "s3://bucket/pipeline.yaml", "--sweep", "24h"),
        arguments(
            "--JOB_ID",
            "j_1",
            "true",
            "--JOB_RUN_ID",
            "jr_1",
            "--JOB_NAME",
            "firn-merge",
            "--verb",
            "merge",
            "--config",
            "s3://bucket/pipeline.yaml",
            "--TempDir",
            "s3://tmp",
            "--class",
            "GlueApp",
            "--extra-jars",
            "s3://code/firn-etl.jar",
            "--conf",
            "spark.a=1 --conf spark.b=2",
            "--job-bookmark-option",
            "job-bookmark-disable",
            "--enable-auto-scaling",
            "true",
            "--enable-observability-metrics",
            "--sweep",
            "24h"));
  }

  @Test
  void anUnknownArgumentIsRefusedByItsName() {
    assertEquals(List.of("merge", "--tabel"), arguments("--verb", "merge", "--tabel", "sales"));
    assertEquals(
        List.of("merge", "--wait"), arguments("--wait", "60", "--verb", "merge"), "verify's alone");
    assertEquals(
        "firn merge exited with code 2; see the log lines above for the reason",
        failure("--verb", "merge", "--tabel", "sales"));
    assertEquals(
        "firn mrege exited with code 2; see the log lines above for the reason",
        failure("--verb", "mrege"));
  }

  @Test
  void anOptionWithoutAValueIsTakenWithTheOneThatGlueGivesIt() {
    assertEquals(
        List.of("merge", "--verbose", "--config", "s3://bucket/pipeline.yaml"),
        arguments("--verb", "merge", "--verbose", "true", "--config", "s3://bucket/pipeline.yaml"));
    assertEquals(List.of("merge", "--verbose"), arguments("--verb", "merge", "--verbose"));
    assertEquals(List.of("merge"), arguments("--verb", "merge", "--verbose", "false"));
  }

  @Test
  void aJobWithoutVerbFailsAndTheVerbsAreListed() {
    String message =
        assertThrows(
                OperatorException.class, () -> arguments("--config", "s3://bucket/pipeline.yaml"))
            .getMessage();

    assertTrue(message.startsWith("Cannot run job: the job has no argument --verb. "), message);
    assertTrue(message.contains("merge, verify"), message);
  }

  @Test
  void aVerbThatFailsFailsTheJob() {
    assertEquals(
        "firn merge exited with code 2; see the log lines above for the reason",
        failure("--verb", "merge", "--config", "missing.yaml"));
  }

  private static List<String> arguments(String... job) {
    return List.of(GlueArguments.commandLine(Cli.model(new EtlMain()), job));
  }

  private static String failure(String... job) {
    return assertThrows(IllegalStateException.class, () -> GlueMain.run(job)).getMessage();
  }
}
