package dev.firn.local.aws;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.local.FirnHome;
import dev.firn.local.stage.StageConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An emulator, and the templates of deploy/ without the resources that it cannot create. */
final class TemplatesOnEmulator implements AutoCloseable {

  /** Types, types with a property, and attributes, in the syntax of without.py. */
  static final List<String> UNMADE =
      List.of(
          "AWS::Athena::NamedQuery",
          "AWS::CloudWatch::Alarm.Metrics",
          "AWS::EC2::SecurityGroupEgress",
          "AWS::EC2::SecurityGroupIngress",
          "AWS::Glue::SecurityConfiguration",
          "AWS::Glue::Workflow",
          "AWS::RDS::DBInstance/MasterUserSecret.SecretArn");

  private static final String BUCKET = "templates";
  private static final Pattern NESTED = Pattern.compile("TemplateURL: (templates/.*)");
  private static final Pattern PARAMETERS = Pattern.compile("(?ms)^Parameters:\n(.*?)^\\w");
  private static final Pattern PARAMETER = Pattern.compile("(?m)^  (\\w+):$");

  private final Path folder;
  private final AwsLocal aws;
  private final AwsAnswers answers;
  private final Stacks stacks;
  private final List<String> takenOut;

  private TemplatesOnEmulator(Path folder, AwsLocal aws) throws InterruptedException {
    this.folder = folder;
    this.aws = aws;
    this.answers = new AwsAnswers(aws);
    this.stacks = new Stacks(aws);
    this.takenOut = takeOut();
  }

  static TemplatesOnEmulator in(Path folder) throws IOException, InterruptedException {
    AwsLocal aws =
        AwsLocal.start(FirnHome.command(), folder.resolve("aws"), new StageConsole(System.out));
    try {
      TemplatesOnEmulator templates = new TemplatesOnEmulator(folder, aws);
      templates.pack();
      return templates;
    } catch (IOException | InterruptedException | RuntimeException e) {
      aws.close();
      throw e;
    }
  }

  AwsAnswers answers() {
    return answers;
  }

  Stacks stacks() {
    return stacks;
  }

  /** Lines of without.py. */
  List<String> takenOut() {
    return takenOut;
  }

  /** The template that nests all others, which are in a bucket. */
  Path whole() {
    return folder.resolve("packed.yaml");
  }

  /** All others, in the order of the whole. */
  List<Path> parts() throws IOException {
    Path deploy = FirnHome.folder().resolve("deploy");
    return results(NESTED, Files.readString(deploy.resolve("firn.yaml")))
        .map(found -> folder.resolve("deploy").resolve(found.group(1)))
        .toList();
  }

  Path part(String name) {
    return folder.resolve("deploy/templates").resolve(name + ".yaml");
  }

  static Set<String> parameters(Path template) throws IOException {
    Matcher parameters = PARAMETERS.matcher(Files.readString(template));
    assertTrue(parameters.find(), template::toString);
    return results(PARAMETER, parameters.group(1))
        .map(parameter -> parameter.group(1))
        .collect(Collectors.toSet());
  }

  String service(String name) throws IOException, InterruptedException {
    return answers.ecs(
        "DescribeServices",
        "{\"cluster\": \"%1$s\", \"services\": [\"%1$s-capture\"]}".formatted(name));
  }

  String stream(String name) throws IOException, InterruptedException {
    return answers.kinesis("DescribeStreamSummary", "{\"StreamName\": \"" + name + "\"}");
  }

  String secret(String name) throws IOException, InterruptedException {
    return answers.secrets("GetSecretValue", "{\"SecretId\": \"" + name + "\"}");
  }

  String job(String name) throws IOException, InterruptedException {
    return answers.glue("GetJob", "{\"JobName\": \"" + name + "\"}");
  }

  String trigger(String name) throws IOException, InterruptedException {
    return answers.glue("GetTrigger", "{\"Name\": \"" + name + "\"}");
  }

  String workgroup(String name) throws IOException, InterruptedException {
    return answers.athena("GetWorkGroup", "{\"WorkGroup\": \"" + name + "\"}");
  }

  /** The name of a bucket of storage.yaml. */
  static String bucket(String name, String kind) {
    return name + "-" + kind + "-000000000000-eu-west-1";
  }

  static void assertHas(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> part + " in:\n" + text);
    }
  }

  @Override
  public void close() {
    aws.close();
  }

  private List<String> takeOut() throws InterruptedException {
    Stream<String> line =
        Stream.of(
            "-B",
            FirnHome.folder().resolve("src/local/aws/without.py").toString(),
            FirnHome.folder().resolve("deploy/firn.yaml").toString(),
            folder.resolve("deploy/firn.yaml").toString());
    return aws.runScript(Stream.concat(line, UNMADE.stream()).toArray(String[]::new));
  }

  private void pack() throws IOException, InterruptedException {
    answers.createBucket(BUCKET);
    stacks.pack(folder.resolve("deploy/firn.yaml"), BUCKET, whole());
  }

  private static Stream<MatchResult> results(Pattern pattern, String text) {
    return pattern.matcher(text).results();
  }
}
