package dev.firn.console;

import dev.firn.contract.fault.Failpoints;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Properties;
import java.util.function.Consumer;
import picocli.CommandLine;

/** Runs a command line and turns every failure into one sentence and an exit code. */
public final class Cli {

  /** Set to anything, failures are printed with their stack traces. */
  private static final String DEBUG = "FIRN_DEBUG";

  private Cli() {}

  /** Parses and executes; the answer is the exit code. */
  public static int run(Object command, String... arguments) {
    CommandLine line = new CommandLine(command);
    try {
      Failpoints.armFrom(System.getenv());
    } catch (IllegalArgumentException e) {
      line.getErr().println(e.getMessage());
      return ExitCode.CONFIGURATION;
    }
    withSubcommands(line, one -> one.getCommandSpec().version(version()));
    return line.setExecutionExceptionHandler(Cli::report)
        .setParameterExceptionHandler(Cli::reportUsage)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
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

  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
    PrintWriter err = command.getErr();
    err.println(sentence(failure, command));
    if (System.getenv(DEBUG) != null) {
      failure.printStackTrace(err);
    }
    err.flush();
    return exitCode(failure);
  }

  private static String sentence(Exception failure, CommandLine command) {
    String prefix = command.getColorScheme().errorText("firn: ").toString();
    if (exitCode(failure) != ExitCode.FAULT) {
      return prefix + failure.getMessage();
    }
    return prefix + Failures.describe(failure) + " (" + DEBUG + "=1 prints the stack trace)";
  }

  private static int exitCode(Exception failure) {
    if (failure instanceof OperatorException) {
      return ExitCode.CONFIGURATION;
    }
    if (failure instanceof DecisionException) {
      return ExitCode.DECISION;
    }
    return failure instanceof InterruptedException ? ExitCode.INTERRUPTED : ExitCode.FAULT;
  }

  private static int reportUsage(CommandLine.ParameterException mistake, String[] arguments) {
    CommandLine command = mistake.getCommandLine();
    PrintWriter err = command.getErr();
    err.println(command.getColorScheme().errorText("firn: ") + mistake.getMessage());
    err.println("Run '" + command.getCommandSpec().qualifiedName() + " --help' for what it takes.");
    err.flush();
    return ExitCode.CONFIGURATION;
  }
}
