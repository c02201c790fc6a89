package dev.firn.local.aws;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.local.aws.SubmitScript.Outcome;
import dev.firn.local.stage.StageProcess;
import dev.firn.local.stage.StageProcess.Output;
import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How {@code submit.sh} follows a run, which is faked: on the emulator all runs succeed at once,
 * and none is refused. Arguments that it rejects itself need no AWS either.
 */
@RunsProcesses
class SubmitRunTest {

  private static final String RUN = "jr_0f1e";

  @TempDir private Path folder;
  private SubmitScript script;

  @BeforeEach
  void copy() throws IOException {
    script = SubmitScript.in(folder.resolve("home"));
  }

  @Test
  void aRunIsFollowedToItsEndThroughAFaultOfAws() throws IOException, InterruptedException {
    FakeAws fake =
        started()
            .answers(
                "glue get-job-run",
                FakeAws.run("STARTING", "None", "None"),
                FakeAws.error("ThrottlingException", "GetJobRun"),
                FakeAws.run("RUNNING", "None", "None"),
                FakeAws.run("SUCCEEDED", "None", "None"));

    Outcome outcome = submit(fake.environment());

    assertEquals(0, outcome.code(), outcome.err());
    assertHas(outcome.err(), "is STARTING, ", "is RUNNING, ", "firn-merge is SUCCEEDED, 42 s");
    assertEquals("merged", outcome.out());
  }

  @Test
  void aRunWhoseDataNeedADecisionExitsWithCode3() throws IOException, InterruptedException {
    String message = "firn merge exited with code 3; see the log lines above for the reason";
    FakeAws fake = started().answers("glue get-job-run", FakeAws.run("FAILED", "None", message));

    Outcome outcome = submit(fake.environment());

    assertEquals(3, outcome.code(), outcome.err());
    assertHas(outcome.err(), message);
    assertEquals("merged", outcome.out());
  }

  @Test
  void theLogGroupIsReportedWhenThereIsNoOutputYet() throws IOException, InterruptedException {
    FakeAws fake =
        started()
            .answers("glue get-job-run", FakeAws.run("TIMEOUT", "/aws-glue/jobs-firn", "None"))
            .answers("logs describe-log-streams", "echo " + RUN + "_g-executor");

    Outcome outcome = submit(fake.environment());

    assertEquals(1, outcome.code(), outcome.err());
    assertHas(outcome.err(), "CloudWatch Logs, group /aws-glue/jobs-firn/output, stream " + RUN);
    assertHas(outcome.err(), "ended as TIMEOUT after 42 s: run " + RUN);
  }

  @Test
  void aRunInProgressIsReported() throws IOException, InterruptedException {
    String refusal = FakeAws.error("ConcurrentRunsExceededException", "StartJobRun");
    FakeAws fake = started().answers("glue start-job-run", refusal);

    Outcome outcome = submit(fake.environment());

    assertEquals(1, outcome.code(), outcome.err());
    assertHas(outcome.err(), "firn: Cannot start firn-merge: a run is in progress, and only one");
  }

  @Test
  void anInterruptLeavesTheRunInProgressAndReportsHowToStopIt()
      throws IOException, InterruptedException {
    FakeAws fake = started().answers("glue get-job-run", FakeAws.run("RUNNING", "None", "None"));
    BlockingQueue<String> err = new LinkedBlockingQueue<>();
    Output output = new Output(line -> {}, err::add);
    try (StageProcess process =
        script.start("firn-code", fake.environment(), output, "--role", "merge")) {
      awaitLine(err, "firn-merge is RUNNING");

      assertEquals(130, process.stop());
    }
    awaitLine(err, "aws glue batch-stop-job-run --job-name firn-merge --job-run-ids " + RUN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --jar /none.jar      | Cannot upload jar: there is no such file: /none.jar
          --config /none.yaml  | Cannot upload pipeline: there is no such file: /none.yaml
          --bukket b           | Cannot submit: there is no such option: --bukket
          --role               | Cannot submit: a value is missing: --role
          --bucket s3://b/firn | Cannot take --bucket: only the name of a bucket is expected
          --job model          | Cannot take --job: there is no such job: model
          --glue-version 4.0   | Cannot take --glue-version: Firn is built for 6.0 and 5.1: 4.0
          --workers 1          | Cannot take --workers: a number from 2 to 299 is expected: 1
          --timeout 10080      | Cannot take --timeout: a number from 1 to 10079 is expected: 10080
          --schedule daily     | Cannot take --schedule: cron(…) with six fields is expected: daily
          """)
  void aMistakeIsReportedBeforeAwsIsCalled(String options, String sentence)
      throws IOException, InterruptedException {
    Map<String, String> noAws = FakeAws.in(folder.resolve("bin")).environment();

    Outcome outcome = script.run("firn-code", noAws, options.split(" ", -1));

    assertEquals(2, outcome.code(), outcome.err());
    assertHas(outcome.err(), "firn: " + sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ssl_root_certificate: /etc/firn/rds.pem          | Glue would not find source.ssl_root_certificate: /etc/firn/rds.pem
          ssl_root_certificate: ../rds.pem                 | Glue would not find source.ssl_root_certificate: ../rds.pem
          ssl_root_certificate : certs/rds.pem  # of RDS   | there is no such file: %s/certs/rds.pem
          "ssl_root_certificate": "my certs/rds#1.pem"     | there is no such file: %s/my certs/rds#1.pem
          x: { a: 1, ssl_root_certificate: rds.pem, b: 2 } | there is no such file: %s/rds.pem
          """)
  void authoritiesThatVerifyWouldNotFindAreReportedBeforeAwsIsCalled(String named, String sentence)
      throws IOException, InterruptedException {
    Map<String, String> noAws = FakeAws.in(folder.resolve("bin")).environment();
    Path pipeline = folder.resolve("named.yaml");
    Files.writeString(
        pipeline,
        "source:\n  # ssl_root_certificate: no.pem\n  slot: a # ssl_root_certificate: b\n  "
            + named);

    Outcome outcome =
        script.run("firn-code", noAws, "--job", "verify", "--config", pipeline.toString());

    assertEquals(2, outcome.code(), outcome.err());
    assertHas(
        outcome.err(),
        "firn: Cannot upload certificate authorities: " + sentence.formatted(folder));
  }

  @Test
  void argumentsBeyondTheLimitOfGlueAreRefused() throws IOException, InterruptedException {
    String setting = "spark.a=" + "x".repeat(100_000);
    Map<String, String> noAws = FakeAws.in(folder.resolve("bin")).environment();

    Outcome outcome =
        script.run("firn-code", noAws, "--conf", setting, "--conf", setting, "--conf", setting);

    assertEquals(2, outcome.code(), outcome.err());
    assertHas(outcome.err(), "its arguments are longer than the 260000 bytes that Glue takes: 300");
  }

  private FakeAws started() throws IOException {
    return FakeAws.withNewJob(folder.resolve("bin"))
        .answers("glue start-job-run", "echo " + RUN)
        .answers("logs describe-log-streams", "echo " + RUN)
        .answers("logs get-log-events", "echo merged");
  }

  private Outcome submit(Map<String, String> environment) throws InterruptedException {
    return script.run("firn-code", environment, "--role", "merge");
  }

  private static void awaitLine(BlockingQueue<String> lines, String part)
      throws InterruptedException {
    List<String> seen = new ArrayList<>();
    while (seen.stream().noneMatch(line -> line.contains(part))) {
      String line = lines.poll(30, TimeUnit.SECONDS);
      assertTrue(line != null, () -> part + " in:\n" + String.join("\n", seen));
      seen.add(line);
    }
  }

  private static void assertHas(String text, String... parts) {
    for (String part : parts) {
      assertTrue(text.contains(part), () -> part + " in:\n" + text);
    }
  }
}
