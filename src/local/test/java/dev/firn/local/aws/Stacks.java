package dev.firn.local.aws;

import static java.util.stream.Collectors.joining;

import dev.firn.local.stage.StageFailedException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** CloudFormation's stacks on the emulator: the AWS CLI creates them, AwsAnswers inspects them. */
final class Stacks {

  private static final Pattern STATUS = Pattern.compile("<StackStatus>(.*?)</StackStatus>");
  private static final Pattern OUTPUT =
      Pattern.compile("(?s)<OutputKey>(.*?)</OutputKey><OutputValue>(.*?)</OutputValue>");
  private static final Pattern PARAMETER =
      Pattern.compile("<ParameterKey>(.*?)</ParameterKey><ParameterValue>(.*?)</ParameterValue>");
  private static final Pattern FAILURE =
      Pattern.compile("FAILED</ResourceStatus>\\s*<ResourceStatusReason>(.*?)<");
  private static final Pattern PART =
      Pattern.compile("<PhysicalResourceId>(arn:aws:cloudformation:.*?)<");
  private static final Pattern CHANGES = Pattern.compile("--change-set-name (\\S+)");

  private final AwsLocal aws;
  private final AwsAnswers answers;

  Stacks(AwsLocal aws) {
    this.aws = aws;
    this.answers = new AwsAnswers(aws);
  }

  /** Answers the outputs. */
  Map<String, String> create(String stack, Path template, Map<String, String> parameters)
      throws IOException, InterruptedException {
    String given =
        parameters.entrySet().stream().map(Stacks::inJson).collect(joining(", ", "[", "]"));
    call(
        "create-stack",
        "--stack-name",
        stack,
        "--template-body",
        "file://" + template,
        "--parameters",
        given,
        "--capabilities",
        "CAPABILITY_IAM");
    return settled(stack, "create");
  }

  /** Uploads the nested templates of a template to a bucket. */
  void pack(Path template, String bucket, Path packed) throws InterruptedException {
    call(
        "package",
        "--template-file",
        template.toString(),
        "--s3-bucket",
        bucket,
        "--output-template-file",
        packed.toString());
  }

  /** Answers the outputs. */
  Map<String, String> deploy(String stack, Path template, Map<String, String> parameters)
      throws IOException, InterruptedException {
    change(stack, template, parameters);
    return settled(stack, "create");
  }

  /** Keeps the parameters that are not given; returns the outputs. */
  Map<String, String> update(String stack, Path template, Map<String, String> parameters)
      throws IOException, InterruptedException {
    change(stack, template, parameters);
    return settled(stack, "update");
  }

  void delete(String stack) throws IOException, InterruptedException {
    call("delete-stack", "--stack-name", stack);
    try {
      settled(stack, "delete");
    } catch (IllegalStateException e) {
      if (!e.getMessage().contains("does not exist")) {
        throw e;
      }
    }
  }

  Map<String, String> parameters(String stack) throws IOException, InterruptedException {
    return pairs(PARAMETER, describe(stack));
  }

  /** The stacks that a stack nests. */
  List<String> parts(String stack) throws IOException, InterruptedException {
    String resources =
        answers.form("cloudformation", "DescribeStackResources", Map.of("StackName", stack));
    return firsts(PART, resources);
  }

  /** Why a template in JSON cannot be created. */
  String refusal(String stack, String template) throws IOException, InterruptedException {
    try {
      answers.form(
          "cloudformation", "CreateStack", Map.of("StackName", stack, "TemplateBody", template));
      settled(stack, "create");
    } catch (IllegalStateException e) {
      return e.getMessage();
    }
    return "";
  }

  // In two steps: deploy polls the stack at once, and then only every half minute.
  private void change(String stack, Path template, Map<String, String> parameters)
      throws InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("deploy", "--no-execute-changeset"));
    arguments.addAll(List.of("--stack-name", stack, "--template-file", template.toString()));
    arguments.addAll(List.of("--capabilities", "CAPABILITY_IAM"));
    if (!parameters.isEmpty()) {
      arguments.add("--parameter-overrides");
      parameters.forEach((name, value) -> arguments.add(name + "=" + value));
    }
    String said = String.join("\n", call(arguments.toArray(String[]::new)));
    Matcher changes = CHANGES.matcher(said);
    if (!changes.find()) {
      throw new IllegalStateException("no change set: " + said);
    }
    call("execute-change-set", "--change-set-name", changes.group(1));
  }

  private List<String> call(String... arguments) throws InterruptedException {
    List<String> line = new ArrayList<>(List.of("cloudformation"));
    line.addAll(List.of(arguments));
    return aws.call(line.toArray(String[]::new));
  }

  private Map<String, String> settled(String stack, String deed)
      throws IOException, InterruptedException {
    String found = describe(stack);
    if (status(found).endsWith("_IN_PROGRESS")) {
      await(stack, deed);
      found = describe(stack);
    }
    if (!status(found).equals(deed.toUpperCase(Locale.ROOT) + "_COMPLETE")) {
      String events =
          answers.form("cloudformation", "DescribeStackEvents", Map.of("StackName", stack));
      throw new IllegalStateException(
          stack + ": " + status(found) + ": " + firsts(FAILURE, events));
    }
    return pairs(OUTPUT, found);
  }

  private void await(String stack, String deed) throws InterruptedException {
    try {
      call("wait", "stack-" + deed + "-complete", "--stack-name", stack);
    } catch (StageFailedException rolledBack) {
      // The status reports the failure, the events its reason.
      return;
    }
  }

  private String describe(String stack) throws IOException, InterruptedException {
    return answers.form("cloudformation", "DescribeStacks", Map.of("StackName", stack));
  }

  private static String status(String found) {
    return firsts(STATUS, found).get(0);
  }

  private static List<String> firsts(Pattern pattern, String text) {
    return pattern.matcher(text).results().map(found -> found.group(1)).toList();
  }

  private static Map<String, String> pairs(Pattern pattern, String xml) {
    Map<String, String> pairs = new TreeMap<>();
    pattern
        .matcher(xml)
        .results()
        .forEach(pair -> pairs.put(pair.group(1), pair.group(2).replace("&quot;", "\"")));
    return pairs;
  }

  private static String inJson(Map.Entry<String, String> parameter) {
    return "{\"ParameterKey\": \"%s\", \"ParameterValue\": \"%s\"}"
        .formatted(parameter.getKey(), parameter.getValue());
  }
}
