package dev.firn.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes the list of a module's verbs, from picocli's model. The build runs it after the compiler:
 * {@code bin/firn} reads {@code verbs} (verb, main class, Java options and description, separated
 * by tabs), {@code make docs} copies {@code commands.md} into docs/.
 */
public final class VerbList {

  private static final int LINE = 120;

  private VerbList() {}

  /**
   * @param arguments the main class of a module, and its build folder
   */
  public static void main(String[] arguments) throws IOException, ClassNotFoundException {
    CommandLine line = Cli.model(Class.forName(arguments[0]));
    Path build = Path.of(arguments[1]);
    Files.writeString(build.resolve("verbs"), verbs(line, arguments[0]));
    Files.writeString(build.resolve("commands.md"), commands(line));
  }

  static String verbs(CommandLine line, String main) {
    return specs(line).stream()
        .map(
            verb ->
                String.join("\t", verb.name(), main, javaOptions(verb), description(verb).get(0))
                    + "\n")
        .collect(Collectors.joining());
  }

  static String commands(CommandLine line) {
    return specs(line).stream()
        .map(verb -> section(verb, line.getCommandSpec()))
        .collect(Collectors.joining());
  }

  private static List<CommandSpec> specs(CommandLine line) {
    return line.getSubcommands().values().stream().map(CommandLine::getCommandSpec).toList();
  }

  private static String javaOptions(CommandSpec verb) {
    return Optional.ofNullable(verb.userObject().getClass().getAnnotation(JavaOptions.class))
        .map(JavaOptions::value)
        .orElse(JavaOptions.SMALL);
  }

  private static List<String> description(CommandSpec verb) {
    return List.of(verb.usageMessage().description());
  }

  // Options that all verbs share are also options of the root.
  private static String section(CommandSpec verb, CommandSpec root) {
    StringBuilder text = new StringBuilder("\n## %s\n\n".formatted(verb.name()));
    text.append(wrapped(String.join(" ", description(verb))));
    text.append("\n| option | what it does |\n|---|---|\n");
    verb.positionalParameters().forEach(one -> text.append(row(one.paramLabel(), one)));
    verb.options().stream()
        .filter(option -> !option.hidden() && root.findOption(option.longestName()) == null)
        .forEach(option -> text.append(row(name(option), option)));
    return text.toString();
  }

  private static String wrapped(String text) {
    StringBuilder lines = new StringBuilder();
    int length = 0;
    for (String word : text.split(" ", -1)) {
      boolean fits = length + 1 + word.length() <= LINE;
      lines.append(length == 0 ? "" : fits ? " " : "\n").append(word);
      length = length == 0 || !fits ? word.length() : length + 1 + word.length();
    }
    return lines.append('\n').toString();
  }

  private static String name(OptionSpec option) {
    String value = option.paramLabel();
    if (option.arity().min() > 0) {
      return option.longestName() + " " + value;
    }
    return option.longestName() + (option.arity().max() == 0 ? "" : " [" + value + "]");
  }

  private static String row(String name, ArgSpec argument) {
    return "| `%s` | %s |\n".formatted(name, String.join(" ", argument.description()));
  }
}
