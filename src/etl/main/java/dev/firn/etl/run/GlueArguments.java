package dev.firn.etl.run;

import dev.firn.console.OperatorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Turns the arguments of a Glue job into a command line. Glue passes its own arguments together
 * with those of the job, each with a value. The arguments that are known to be Glue's are removed;
 * all others are options of the verb, and the command line rejects unknown ones.
 */
final class GlueArguments {

  static final String VERB = "--verb";

  /**
   * Arguments of Glue itself.
   * https://docs.aws.amazon.com/glue/latest/dg/aws-glue-programming-etl-glue-arguments.html and,
   * for those that Glue adds to a run, {@code awsglue/utils.py} of awslabs/aws-glue-libs.
   */
  private static final Set<String> GLUES =
      Set.of(
          "--additional-python-modules",
          "--auto-scale-within-microbatch",
          "--class",
          "--conf",
          "--continuation-option",
          "--customer-driver-env-vars",
          "--customer-executor-env-vars",
          "--datalake-formats",
          "--debug",
          "--disable-proxy-v2",
          "--encryption-type",
          "--endpoint",
          "--executor-cores",
          "--extra-files",
          "--extra-jars",
          "--extra-py-files",
          "--job-language",
          "--mode",
          "--python-modules-installer-option",
          "--RedshiftTempDir",
          "--scriptLocation",
          "--spark-event-logs-path",
          "--TempDir",
          "--use-postgres-driver",
          "--user-jars-first");

  /**
   * Prefixes of Glue's arguments, whose number grows; those in capitals name the job, its run and
   * its workflow.
   */
  private static final Predicate<String> GLUES_FAMILIES =
      Pattern.compile("--(enable|job-bookmark|continuous-log|write-shuffle)-.*|--[A-Z][A-Z_]*")
          .asMatchPredicate();

  private GlueArguments() {}

  /**
   * @param line the command line that has the verbs
   * @param job the job's arguments, as Glue passes them
   * @return the verb and its options
   * @throws OperatorException when no verb is given
   */
  static String[] commandLine(CommandLine line, String[] job) {
    String verb =
        value(job, VERB)
            .orElseThrow(
                () ->
                    new OperatorException(
                        "Cannot run job: the job has no argument " + VERB,
                        "Add it to the job's arguments; its value is one of "
                            + String.join(", ", line.getSubcommands().keySet())
                            + "."));
    List<String> arguments = new ArrayList<>(List.of(verb));
    if (line.getSubcommands().containsKey(verb)) {
      arguments.addAll(options(line.getSubcommands().get(verb), job));
    }
    return arguments.toArray(String[]::new);
  }

  private static List<String> options(CommandLine verb, String[] job) {
    List<String> options = new ArrayList<>();
    for (int i = 0; i < job.length; i++) {
      // A value without a name: Glue sometimes adds a "true" after a name and its value.
      if (!isName(job[i]) || isGlues(job[i]) || job[i].equals(VERB)) {
        continue;
      }
      OptionSpec option = verb.getCommandSpec().findOption(job[i]);
      String value = valueAt(job, i);
      if (option == null) {
        options.add(job[i]);
      } else if (option.arity().max() > 0) {
        options.addAll(List.of(job[i], value));
      } else if (!value.equalsIgnoreCase("false")) {
        // Glue gives every argument a value; the value of a flag is true.
        options.add(job[i]);
      }
    }
    return options;
  }

  private static boolean isGlues(String name) {
    return GLUES.contains(name) || GLUES_FAMILIES.test(name);
  }

  private static Optional<String> value(String[] job, String name) {
    int place = List.of(job).indexOf(name);
    return Optional.of(place < 0 ? "" : valueAt(job, place)).filter(value -> !value.isEmpty());
  }

  private static String valueAt(String[] job, int place) {
    return place + 1 < job.length && !isName(job[place + 1]) ? job[place + 1] : "";
  }

  private static boolean isName(String word) {
    return word.startsWith("--");
  }
}
