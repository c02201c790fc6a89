package dev.firn.etl;

import dev.firn.console.Cli;
import dev.firn.console.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs a verb as an AWS Glue job: takes from the job's arguments those that are Firn's and leaves
 * out those of Glue ({@code --JOB_NAME}, {@code --TempDir} and others, which it hands over with
 * them), and fails the job by an exception, since Glue takes an exit for a crash.
 */
public final class GlueMain {

  /** Firn's options that a job may be given; each takes a value. */
  private static final Set<String> OPTIONS =
      Set.of("--config", "--table", "--wait", "--ranges", "--sweep", "--accept-missing");

  /** Options without a value; Glue gives each argument one: {@code true}. */
  private static final Set<String> FLAGS = Set.of("--verbose");

  private GlueMain() {}

  /**
   * @param verb {@code merge} or {@code verify}
   * @param jobArguments as Glue hands them over
   * @throws IllegalStateException when the verb does not end with exit code 0
   */
  public static void run(String verb, String[] jobArguments) {
    int exitCode = Cli.run(new EtlMain(), arguments(verb, jobArguments));
    if (exitCode != ExitCode.DONE) {
      throw new IllegalStateException(
          "firn %s ended with exit code %s; the lines above say why".formatted(verb, exitCode));
    }
  }

  static String[] arguments(String verb, String[] jobArguments) {
    List<String> arguments = new ArrayList<>(List.of(verb));
    for (int i = 0; i < jobArguments.length; i++) {
      String value = i + 1 < jobArguments.length ? jobArguments[i + 1] : "";
      if (OPTIONS.contains(jobArguments[i])) {
        arguments.add(jobArguments[i++]);
        arguments.add(value);
      } else if (FLAGS.contains(jobArguments[i]) && !value.equalsIgnoreCase("false")) {
        arguments.add(jobArguments[i]);
      }
    }
    return arguments.toArray(String[]::new);
  }
}
