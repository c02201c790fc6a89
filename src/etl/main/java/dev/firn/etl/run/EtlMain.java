package dev.firn.etl.run;

import dev.firn.console.Cli;
import dev.firn.etl.merge.MergeCommand;
import dev.firn.etl.query.QueryCommand;
import dev.firn.etl.status.StatusCommand;
import dev.firn.etl.verify.VerifyCommand;
import picocli.CommandLine.Command;

/**
 * The command line of the lake's jobs: {@code merge}, {@code verify}, {@code status}, {@code
 * query}.
 */
@Command(
    name = "firn",
    mixinStandardHelpOptions = true,
    description = "Merges raw files into Iceberg tables, and verifies them against their source.",
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
