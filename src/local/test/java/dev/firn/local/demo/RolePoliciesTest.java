package dev.firn.local.demo;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.firn.local.FirnHome;
import dev.firn.local.aws.AwsLocal;
import dev.firn.local.aws.EmulatorInstalled;
import dev.firn.local.stage.Stages;
import dev.firn.local.workload.Pace;
import dev.firn.local.workload.Workload;
import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The roles of deploy/templates. Each stage works with the keys of a role that has the policies of
 * its template and nothing else; the emulator judges each call, and records it. Needs the jars of
 * the stages, as {@code mvn verify} has them, and the emulator.
 */
@RunsProcesses
class RolePoliciesTest {

  /** Firehose does not ask when a stream was made; deliver does, to know its own checkpoint. */
  private static final String OF_DELIVER = "kinesis:DescribeStreamSummary";

  /** Refused to the first merge, so that it has to delete the files that it wrote. */
  private static final String FAULT = "glue:UpdateTable";

  private final Printed printed = new Printed();
  private final Workload workload = Workload.read(FirnHome.sampleData(), 3);

  @Test
  void eachStageDoesItsWorkWithItsRoleAndNeedsAllOfIt(@TempDir Path folder)
      throws IOException, InterruptedException {
    EmulatorInstalled.assumeWithS3();
    DemoFolder demo = new DemoFolder(folder.resolve("demo"));
    try (DemoEnd end = DemoEnd.alsoOnSignal()) {
      DemoSetup setup = new DemoSetup(printed.console(), end);
      DemoSetting setting = setup.onRecordingAws(demo);
      AwsLocal aws = setting.aws().orElseThrow();
      String secret = keepPassword(aws, setting);
      Map<String, Role> roles = Role.make(aws, arguments(aws, secret));
      put(aws, Role.DELIVERY, "Allow", OF_DELIVER, "arn:aws:kinesis:*:*:stream/" + DemoLake.STREAM);

      run(setting, stages(setup, setting, roles), aws);

      List<RecordedCall> calls = RecordedCall.read(demo.aws());
      assertAll(roles.values().stream().map(role -> () -> assertNeeded(role, calls)));
    }
  }

  /** The calls of each role. */
  private static Map<String, Stages> stages(
      DemoSetup setup, DemoSetting setting, Map<String, Role> roles) {
    Map<String, Stages> stages = new HashMap<>();
    roles.forEach((title, role) -> stages.put(title, setup.stages(setting, role.keys())));
    return stages;
  }

  private void run(DemoSetting setting, Map<String, Stages> stages, AwsLocal aws)
      throws InterruptedException {
    workload.createAndLoad(setting.address(), setting.source().publication());
    assertEnds(0, stages.get(Role.PRODUCER), "capture", "--once");
    assertEnds(0, stages.get(Role.DELIVERY), "deliver", "--once");
    put(aws, Role.MERGE, "Deny", FAULT, "arn:aws:glue:*:*:table/*/promotion");
    assertEnds(1, stages.get(Role.MERGE), "merge");
    aws.call("iam", "delete-role-policy", "--role-name", name(Role.MERGE), "--policy-name", "Deny");
    workload.playIncremental(setting.address(), Pace.unlimited(), () -> {});
    assertEnds(0, stages.get(Role.PRODUCER), "capture", "--once");
    assertEnds(0, stages.get(Role.DELIVERY), "deliver", "--once");
    assertEnds(0, stages.get(Role.MERGE), "merge");
    assertEnds(0, stages.get(Role.VERIFY), "verify");
  }

  private void assertEnds(int code, Stages stages, String verb, String... options)
      throws InterruptedException {
    assertEquals(code, stages.start(verb, verb, options).await(), printed::toString);
  }

  private static void assertNeeded(Role role, List<RecordedCall> all) {
    List<RecordedCall> calls =
        all.stream().filter(call -> call.accessKey().equals(role.accessKey())).toList();
    List<RecordedCall> beyond =
        calls.stream()
            .filter(call -> !isOfThisTest(role, call))
            .filter(call -> !call.isAllowed() || !role.allows(call))
            .distinct()
            .toList();
    assertEquals(List.of(), beyond, () -> role.title() + " does not allow it");
    assertEquals(
        NotCalled.allOf(role),
        role.unused(calls),
        () ->
            role.title()
                + " grants rights that no call uses, or NotCalled lists rights that are used");
  }

  private static boolean isOfThisTest(Role role, RecordedCall call) {
    return call.isAllowed()
        ? role.title().equals(Role.DELIVERY) && call.action().equals(OF_DELIVER)
        : role.title().equals(Role.MERGE) && call.action().equals(FAULT);
  }

  /** Has producer and verify read the password from Secrets Manager, as they do on AWS. */
  private static String keepPassword(AwsLocal aws, DemoSetting setting)
      throws IOException, InterruptedException {
    List<String> answer =
        aws.call(
            "secretsmanager",
            "create-secret",
            "--name",
            "firn",
            "--secret-string",
            "any",
            "--query",
            "ARN",
            "--output",
            "text");
    String pipeline = Files.readString(setting.pipeline());
    Files.writeString(
        setting.pipeline(),
        pipeline.replace("${env:FIRN_PG_PASSWORD}", "${secret:" + answer.get(0) + "}"));
    return answer.get(0);
  }

  /** Attaches another policy to a role. */
  private static void put(AwsLocal aws, String role, String effect, String action, String resource)
      throws InterruptedException {
    aws.call(
        "iam",
        "put-role-policy",
        "--role-name",
        name(role),
        "--policy-name",
        effect,
        "--policy-document",
        """
        {"Statement": [{"Effect": "%s", "Action": "%s", "Resource": "%s"}]}"""
            .formatted(effect, action, resource));
  }

  /** The name of the role on the emulator, without the colon, which is not allowed in names. */
  private static String name(String role) {
    return role.replace(':', '-');
  }

  /** Parameters of the templates, and the roles. */
  private static List<String> arguments(AwsLocal aws, String secret) {
    String region = aws.environment().get("AWS_REGION");
    List<String> arguments =
        new ArrayList<>(List.of(Role.PRODUCER, Role.DELIVERY, Role.MERGE, Role.VERIFY));
    arguments.add(
        "StreamArn=arn:aws:kinesis:%s:000000000000:stream/%s".formatted(region, DemoLake.STREAM));
    arguments.add("SourceSecretArn=" + secret);
    arguments.add("RawBucketName=" + DemoLake.RAW);
    arguments.add("LakeBucketName=" + DemoLake.LAKE);
    arguments.add("CodeBucketName=firn-code");
    arguments.add("Database=" + DemoPipeline.DATABASE);
    arguments.add("SubnetId=subnet-1");
    arguments.add("JobSecurityGroupId=sg-1");
    for (String key : List.of("Stream", "Raw", "Lake", "Source", "Operations")) {
      arguments.add("%sKeyArn=arn:aws:kms:%s:000000000000:key/%s".formatted(key, region, key));
    }
    return arguments;
  }
}
