package dev.firn.local;

import dev.firn.console.Cli;
import dev.firn.local.database.DatabaseCommand;
import dev.firn.local.demo.DemoCommand;
import dev.firn.local.workload.WorkloadCommand;
import picocli.CommandLine.Command;

/** Entry point of {@code firn demo}, {@code firn database} and {@code firn workload}. */
@Command(
    name = "firn",
    mixinStandardHelpOptions = true,
    subcommands = {DemoCommand.class, DatabaseCommand.class, WorkloadCommand.class})
public final class LocalMain {

  private LocalMain() {}

  public static void main(String[] arguments) {
    System.exit(Cli.run(new LocalMain(), arguments));
  }
}
