package dev.firn.console;

import dev.firn.contract.fault.Failpoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Properties;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** Runs a command line and turns every failure into one sentence and an exit code. */
public final class Cli {

  private Cli() {}

  /** Parses and executes; returns the exit code. */
  public static int run(Object command, String... arguments) {
    return run(new CommandLine(command), arguments);
  }

  /**
   * The model of a command line: its verbs, their options, and the options that all verbs share.
   */
  public static CommandLine model(Object command) {
    CommandLine line = new CommandLine(command);
    addCommon(line);
    return line;
  }

  static int run(CommandLine line, String... arguments) {
    // Numbers, file names and SQL are read by machines, also where a library formats them.
    Locale.setDefault(Locale.ROOT);
    try {
      Failpoints.armFrom(System.getenv());
    } catch (IllegalArgumentException e) {
      line.getErr().println(e.getMessage());
      return ExitCode.CONFIGURATION;
    }
    addCommon(line);
    line.setExecutionStrategy(Cli::execute)
        .setExecutionExceptionHandler((failure, command, parsed) -> report(failure))
        .setParameterExceptionHandler(Cli::reportUsage)
        .setCaseInsensitiveEnumValuesAllowed(true);
    try {
      return line.execute(arguments);
    } catch (Error e) {
      // picocli does not treat it as an exception; the user gets the same kind of sentence.
      return report(e);
    }
  }

  private static int execute(CommandLine.ParseResult parsed) {
    LogBackend.beginFound(LogOptions.of(running(parsed)));
    return new CommandLine.RunLast().execute(parsed);
  }

  private static CommandLine running(CommandLine.ParseResult parsed) {
    return parsed.hasSubcommand()
        ? running(parsed.subcommand())
        : parsed.commandSpec().commandLine();
  }

  private static void addCommon(CommandLine line) {
    withSubcommands(line, one -> one.getCommandSpec().version(version()));
    withSubcommands(line, LogOptions::addTo);
  }

  private static void withSubcommands(CommandLine line, Consumer<CommandLine> action) {
    action.accept(line);
    line.getSubcommands().values().forEach(one -> withSubcommands(one, action));
  }

  private static String version() {
    Properties build = new Properties();
    try (InputStream in = Cli.class.getResourceAsStream("build.properties")) {
      build.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the version of this build", e);
    }
    return "firn " + build.getProperty("version");
  }

  private static int report(Throwable failure) {
    // Not earlier: the backend starts when the options are known.
    Logger log = LoggerFactory.getLogger(Logs.FIRN);
    int exitCode = Failures.exitCode(failure);
    boolean hasMore = exitCode == ExitCode.FAULT && !log.isDebugEnabled();
    String hint = hasMore ? " (" + LogOptions.VERBOSE + " prints the stack trace)" : "";
    Logs.failure(log, Failures.describe(failure) + hint, failure);
    return exitCode;
  }

  private static int reportUsage(CommandLine.ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText("firn: ") + mistake.getMessage());
    err.println("Run '" + command.getCommandSpec().qualifiedName() + " --help' for its options.");
    err.flush();
    return ExitCode.CONFIGURATION;
  }
}
