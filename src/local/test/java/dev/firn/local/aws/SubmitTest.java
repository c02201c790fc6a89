package dev.firn.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.local.FirnHome;
import dev.firn.local.aws.SubmitScript.Outcome;
import dev.firn.local.stage.StageConsole;
import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code submit.sh} changes on AWS, with the real AWS CLI on the emulator. */
@RunsProcesses
class SubmitTest {

  private static final String ROLE = "arn:aws:iam::000000000000:role/firn";
  private static final String NIGHTLY = "cron(0 3 * * ? *)";
  private static final String QUARTERLY = "cron(0/15 * * * ? *)";
  private static final Pattern ARGUMENT = Pattern.compile("\"(--[a-z-]+)\": \"([^\"]*)\"");
  private static final Pattern ARGUMENT_OF_TEMPLATE =
      Pattern.compile("(?m)^ +(--[a-z-]+): (?:!Sub )?'?([^'\n]*)'?$");
  private static final Pattern KEY = Pattern.compile("<Key>([^<]*)</Key>");

  @TempDir private static Path folder;
  private static AwsLocal aws;
  private static AwsAnswers answers;
  private static SubmitScript script;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    script = SubmitScript.in(folder.resolve("home"));
    EmulatorInstalled.assume();
    aws = AwsLocal.start(FirnHome.command(), folder.resolve("aws"), new StageConsole(System.out));
    answers = new AwsAnswers(aws);
  }

  @AfterAll
  static void stop() {
    if (aws != null) {
      aws.close();
    }
  }

  @Test
  void theFirstTimeMakesAndRunsTheJobAndTheSecondChangesWhatIsGiven()
      throws IOException, InterruptedException {
    answers.createBucket("firn-first");

    assertDone(submit("firn-first", "--role", ROLE, "--schedule", NIGHTLY));
    assertEquals(
        List.of("firn/firn-etl.jar", "firn/firn.scala", "firn/pipeline.yaml"), keys("firn-first"));
    assertEquals("jar for 6.0", answers.object("firn-first", "firn/firn-etl.jar"));
    assertIsAsInTemplate(job("firn-merge"), "firn-first");
    assertHas(trigger("firn-schedule"), NIGHTLY, "ACTIVATED", "SCHEDULED");

    changeAsAStackWould();
    Path sent = folder.resolve("sent");
    Map<String, String> copying = sendingUpdatesTo(sent).environment(aws);
    assertDone(
        script.run(
            "firn-first", copying, "--no-start", "--timeout", "60", "--schedule", QUARTERLY));
    assertHas(job("firn-merge"), "\"Timeout\": 60");
    assertHas(trigger("firn-schedule"), QUARTERLY, "ACTIVATED");
    assertHas(Files.readString(sent), "\"NumberOfWorkers\": 9", "\"WorkerType\": \"G.1X\"", ROLE);
    assertHas(Files.readString(sent), "\"SecurityConfiguration\": \"firn\"", "\"a-network\"");
  }

  @Test
  void verifyOnGlue51HasItsOwnJarAndPgjdbcAndTellsThatMergeIsOnAnother()
      throws IOException, InterruptedException {
    answers.createBucket("firn-verify");
    answers.glue("CreateJob", "{\"Name\": \"shop-merge\", \"GlueVersion\": \"6.0\"}");
    String[] options = {
      "--job",
      "verify",
      "--glue-version",
      "5.1",
      "--name",
      "shop",
      "--role",
      ROLE,
      "--no-start",
      "--conf",
      "spark.a=1",
      "--conf",
      "spark.b=\"two words\""
    };

    Outcome outcome = submit("firn-verify", options);

    assertDone(outcome);
    assertFalse(outcome.err().contains("started"), outcome.err());
    assertHas(outcome.err(), "job shop-merge is on Glue 6.0 and uses the same jar");
    assertEquals("jar for 5.1", answers.object("firn-verify", "firn/firn-etl.jar"));
    assertEquals(
        List.of(
            "firn/firn-etl.jar",
            "firn/firn.scala",
            "firn/pipeline.yaml",
            "firn/postgresql-42.7.14.jar",
            "firn/rds.pem"),
        keys("firn-verify"));
    String job = job("shop-verify");
    assertHas(job, "\"GlueVersion\": \"5.1\"", "s3://firn-verify/firn/firn.scala");
    assertHas(job, "\"--conf\": \"spark.a=1 --conf spark.b=\\\"two words\\\"\"");
    Map<String, String> template = argumentsOfTemplate("VerifyJob", "firn-verify");
    for (String argument : List.of("--verb", "--extra-jars")) {
      assertEquals(template.get(argument), arguments(job).get(argument));
    }
  }

  @Test
  void theLastLinesOfARunThatFailedAreReadFromItsLogGroup()
      throws IOException, InterruptedException {
    String group = "/aws-glue/jobs-firn-merge-firn/";
    writeLog(group + "output", "jr_0f1e", "sales: 3 rows", "Cannot write sales: the disk is full");
    FakeAws fake =
        FakeAws.withNewJob(folder.resolve("failing"))
            .answers("glue start-job-run", "echo jr_0f1e")
            .answers("glue get-job-run", FakeAws.run("FAILED", group, "no space"));

    Outcome outcome = script.run("firn-any", fake.environment(aws), "--role", ROLE);

    assertEquals(1, outcome.code(), outcome.err());
    assertEquals("sales: 3 rows\nCannot write sales: the disk is full", outcome.out());
    assertHas(outcome.err(), "ended as FAILED after 42 s: no space.");
  }

  @Test
  void aBucketThatIsNotThereIsNamed() throws InterruptedException {
    Outcome outcome = submit("firn-none", "--name", "nowhere", "--role", ROLE);

    assertEquals(2, outcome.code(), outcome.err());
    assertHas(outcome.err(), "firn: Cannot upload code: there is no such bucket: firn-none.");
  }

  @Test
  void anAwsThatDoesNotAnswerIsNamed() throws InterruptedException {
    Map<String, String> environment = new HashMap<>(aws.environment());
    environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:1");
    environment.put("AWS_MAX_ATTEMPTS", "1");

    Outcome outcome = script.run("firn-any", environment, "--role", ROLE);

    assertEquals(2, outcome.code(), outcome.err());
    assertHas(outcome.err(), "AWS does not answer: ", "http://127.0.0.1:1/");
  }

  private static Outcome submit(String bucket, String... options) throws InterruptedException {
    return script.run(bucket, aws.environment(), options);
  }

  // Glue resets what an update omits; the emulator keeps it.
  private static FakeAws sendingUpdatesTo(Path copy) throws IOException {
    String keepCopy = "cp \"${6#file://}\" '%s' && exec \"$REAL_AWS\" \"$@\"".formatted(copy);
    return FakeAws.in(folder.resolve("copying")).answers("glue update-job", keepCopy);
  }

  // The schedule is stopped, too.
  private static void changeAsAStackWould() throws IOException, InterruptedException {
    answers.glue(
        "UpdateJob",
        """
        {"JobName": "firn-merge", "JobUpdate": {"NumberOfWorkers": 9,
         "SecurityConfiguration": "firn", "Connections": {"Connections": ["a-network"]}}}
        """);
    answers.glue("StopTrigger", "{\"Name\": \"firn-schedule\"}");
  }

  private static List<String> keys(String bucket) throws IOException, InterruptedException {
    return KEY.matcher(answers.list(bucket)).results().map(key -> key.group(1)).toList();
  }

  private static String job(String name) throws IOException, InterruptedException {
    return answers.glue("GetJob", "{\"JobName\": \"" + name + "\"}");
  }

  private static String trigger(String name) throws IOException, InterruptedException {
    return answers.glue("GetTrigger", "{\"Name\": \"" + name + "\"}");
  }

  private static void writeLog(String group, String run, String... lines)
      throws IOException, InterruptedException {
    String stream = "\"logGroupName\": \"%s\", \"logStreamName\": \"%s\"".formatted(group, run);
    String event = "{\"timestamp\": " + Instant.now().toEpochMilli() + ", \"message\": \"%s\"}";
    String events = Stream.of(lines).map(event::formatted).collect(Collectors.joining(", "));
    answers.logs("CreateLogGroup", "{\"logGroupName\": \"" + group + "\"}");
    answers.logs("CreateLogStream", "{" + stream + "}");
    answers.logs("PutLogEvents", "{" + stream + ", \"logEvents\": [" + events + "]}");
  }

  private static void assertIsAsInTemplate(String job, String bucket) throws IOException {
    assertHas(job, "\"Role\": \"" + ROLE + "\"", "\"GlueVersion\": \"6.0\"", "\"MaxRetries\": 0");
    assertHas(job, "\"WorkerType\": \"G.1X\"", "\"NumberOfWorkers\": 4", "\"Timeout\": 120");
    assertHas(job, "\"ScriptLocation\": \"s3://" + bucket + "/firn/firn.scala\"");
    assertEquals(argumentsOfTemplate("MergeJob", bucket), arguments(job));
  }

  private static Map<String, String> arguments(String job) {
    return pairs(ARGUMENT.matcher(job));
  }

  private static Map<String, String> argumentsOfTemplate(String job, String bucket)
      throws IOException {
    String template = Files.readString(FirnHome.folder().resolve("deploy/templates/lake.yaml"));
    int start = template.indexOf("\n  " + job + ":\n");
    String text =
        template
            .substring(start, template.indexOf("\n\n", start))
            .replace("${CodeBucketName}", bucket)
            .replace("${CodePrefix}", "firn")
            .replace("${DriverJar}", "postgresql-42.7.14.jar");
    return pairs(ARGUMENT_OF_TEMPLATE.matcher(text));
  }

  private static Map<String, String> pairs(Matcher matcher) {
    return matcher
        .results()
        .collect(Collectors.toMap(pair -> pair.group(1), pair -> pair.group(2)));
  }

  private static void assertDone(Outcome outcome) {
    assertEquals(0, outcome.code(), outcome.err());
  }

  private static void assertHas(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> part + " in:\n" + text);
    }
  }
}
