package dev.firn.etl.run;

import dev.firn.console.Cli;
import dev.firn.etl.merge.MergeCommand;
import dev.firn.etl.query.QueryCommand;
import dev.firn.etl.status.StatusCommand;
import dev.firn.etl.verify.VerifyCommand;
import picocli.CommandLine.Command;

/** The engine's command line: {@code merge}, and what follows it. */
@Command(
    name = "firn",
    mixinStandardHelpOptions = true,
    description = "Raw files become Iceberg tables, and are proved equal to their source.",
    subcommands = {
      MergeCommand.class,
      VerifyCommand.class,
      QueryCommand.class,
      StatusCommand.class
    })
public final class EtlMain {

  EtlMain() {}

  public static void main(String[] arguments) {
    System.exit(Cli.run(new EtlMain(), arguments));
  }
}
