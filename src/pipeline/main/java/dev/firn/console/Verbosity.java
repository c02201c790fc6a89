package dev.firn.console;

import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Whether failures are printed with their stack traces: {@code --verbose}, which every command has,
 * or the variable {@code FIRN_DEBUG} set to anything. A job on AWS Glue has no variables.
 */
public final class Verbosity {

  static final String OPTION = "--verbose";
  static final String VARIABLE = "FIRN_DEBUG";

  private Verbosity() {}

  static void addTo(CommandLine command) {
    command
        .getCommandSpec()
        .addOption(
            OptionSpec.builder(OPTION)
                .description("Print failures with their stack traces.")
                .build());
  }

  /** Asked for of this command, or of one above it. */
  public static boolean isAsked(CommandLine command) {
    if (System.getenv(VARIABLE) != null) {
      return true;
    }
    for (CommandLine one = command; one != null; one = one.getParent()) {
      CommandLine.ParseResult parsed = one.getParseResult();
      if (parsed != null && parsed.hasMatchedOption(OPTION)) {
        return true;
      }
    }
    return false;
  }
}
