package dev.firn.delivery;

import dev.firn.console.Cli;
import picocli.CommandLine.Command;

/** The delivery's command line. */
@Command(
    name = "firn",
    description = "Carries the records of a Kinesis stream to the raw zone.",
    mixinStandardHelpOptions = true,
    subcommands = DeliverCommand.class)
public final class DeliveryMain {

  private DeliveryMain() {}

  public static void main(String[] arguments) {
    System.exit(Cli.run(new DeliveryMain(), arguments));
  }
}
