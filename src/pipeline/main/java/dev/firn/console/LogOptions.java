package dev.firn.console;

import java.util.Optional;
import org.slf4j.event.Level;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What every command can be asked about its log: {@code --log-level}, {@code --log-format}, and
 * {@code --verbose}, which is the level debug. The variable {@code FIRN_DEBUG}, set to anything, is
 * {@code --verbose} too; a job on AWS Glue has no variables.
 */
final class LogOptions {

  static final String VERBOSE = "--verbose";
  private static final String LEVEL = "--log-level";
  private static final String FORMAT = "--log-format";
  private static final String VARIABLE = "FIRN_DEBUG";

  private LogOptions() {}

  static void addTo(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    spec.addOption(
        OptionSpec.builder(LEVEL)
            .paramLabel("LEVEL")
            .type(Level.class)
            .description(
                "What Firn logs on stderr: ${COMPLETION-CANDIDATES} (INFO). From DEBUG on failures"
                    + " have their stack traces. Libraries log warnings, at TRACE more.")
            .build());
    spec.addOption(
        OptionSpec.builder(FORMAT)
            .paramLabel("FORMAT")
            .type(LogFormat.class)
            .description("Format of the log: ${COMPLETION-CANDIDATES} (TEXT).")
            .build());
    spec.addOption(
        OptionSpec.builder(VERBOSE).description("The same as " + LEVEL + " DEBUG.").build());
  }

  /** What was asked for of this command, or of one above it. */
  static LogSettings of(CommandLine command) {
    boolean verbose = System.getenv(VARIABLE) != null || given(command, VERBOSE).isPresent();
    return new LogSettings(
        command.getCommandName(),
        given(command, LEVEL).map(Level.class::cast).orElse(verbose ? Level.DEBUG : Level.INFO),
        given(command, FORMAT).map(LogFormat.class::cast).orElse(LogFormat.TEXT));
  }

  private static Optional<Object> given(CommandLine command, String option) {
    for (CommandLine one = command; one != null; one = one.getParent()) {
      CommandLine.ParseResult parsed = one.getParseResult();
      if (parsed != null && parsed.hasMatchedOption(option)) {
        return Optional.of(parsed.matchedOptionValue(option, true));
      }
    }
    return Optional.empty();
  }
}
