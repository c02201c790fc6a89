package dev.firn.local.database;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a {@link LocalDatabase} in the foreground. */
@Command(
    name = "database",
    mixinStandardHelpOptions = true,
    description = "Runs a PostgreSQL with logical replication in a folder, until Ctrl-C.")
public final class DatabaseCommand implements Callable<Integer> {

  @Option(
      names = "--work",
      paramLabel = "DIR",
      defaultValue = "target/demo",
      description = "Folder; its data is in DIR/database. Default: ${DEFAULT-VALUE}.")
  private Path work;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Default: the port of the last run, or any free port.")
  private Integer port;

  @Override
  public Integer call() throws InterruptedException {
    Path folder = work.resolve("database");
    LocalDatabase database =
        port == null ? LocalDatabase.start(folder) : LocalDatabase.start(folder, port);
    Runtime.getRuntime().addShutdownHook(new Thread(database::close));
    System.out.println(database.address().url() + "?user=" + database.address().user());
    System.out.println("Any password is accepted. Ctrl-C stops it.");
    new CountDownLatch(1).await();
    return 0;
  }
}
