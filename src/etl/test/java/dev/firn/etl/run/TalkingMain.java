package dev.firn.etl.run;

import dev.firn.console.Cli;
import dev.firn.console.Logs;
import java.util.concurrent.Callable;
import java.util.logging.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;

/** A verb that logs as a stage does, and fails. */
@Command(name = "talking")
final class TalkingMain implements Callable<Integer> {

  private TalkingMain() {}

  public static void main(String[] arguments) {
    System.exit(Cli.run(new TalkingMain(), arguments));
  }

  @Override
  public Integer call() {
    org.slf4j.Logger log = LoggerFactory.getLogger("dev.firn.talking");
    log.info("it begins");
    log.debug("waiting");
    Logs.inTable("sales", () -> log.warn("a \"quoted\"\nword"));
    Logger driver = Logger.getLogger("org.postgresql.core.v3.Some");
    Logs.inTable("sales", () -> driver.warning("the driver warns"));
    driver.info("the driver tells");
    LoggerFactory.getLogger("software.amazon.awssdk.some").warn("the SDK warns");
    LoggerFactory.getLogger("org.apache.spark.some").warn("Spark warns");
    throw new IllegalStateException("it failed", new IllegalStateException("why"));
  }
}
