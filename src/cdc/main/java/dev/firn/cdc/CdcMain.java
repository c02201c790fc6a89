package dev.firn.cdc;

import dev.firn.console.Cli;
import picocli.CommandLine.Command;

/** The producer's command line. */
@Command(
    name = "firn",
    description = "Captures the changes of a PostgreSQL database into the raw zone.",
    mixinStandardHelpOptions = true,
    subcommands = {CaptureCommand.class, PreflightCommand.class})
public final class CdcMain {

  private CdcMain() {}

  public static void main(String[] arguments) {
    System.exit(Cli.run(new CdcMain(), arguments));
  }
}
