package dev.firn.etl.run;

import dev.firn.console.Cli;
import dev.firn.console.ExitCode;

/**
 * Runs a verb as an AWS Glue job. It fails the job with an exception, because Glue treats an exit
 * of the JVM as a crash.
 */
public final class GlueMain {

  private GlueMain() {}

  /**
   * @param jobArguments as Glue passes them: {@code --verb} names the verb
   * @throws IllegalStateException when the verb does not exit with code 0
   */
  public static void run(String[] jobArguments) {
    String[] arguments = GlueArguments.commandLine(Cli.model(new EtlMain()), jobArguments);
    int exitCode = Cli.run(new EtlMain(), arguments);
    if (exitCode != ExitCode.DONE) {
      throw new IllegalStateException(
          "firn %s exited with code %s; see the log lines above for the reason"
              .formatted(arguments[0], exitCode));
    }
  }
}
