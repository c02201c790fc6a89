package dev.firn.local.aws;

import static dev.firn.local.aws.TemplatesOnEmulator.UNMADE;
import static dev.firn.local.aws.TemplatesOnEmulator.assertHas;
import static dev.firn.local.aws.TemplatesOnEmulator.bucket;
import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/**
 * The templates of deploy/ on the emulator, by the AWS CLI: each of them created alone, and all of
 * them nested in firn.yaml: created, changed and deleted. {@link WholeStackTest} runs them with
 * everything enabled.
 */
@RunsProcesses
class TemplatesTest {

  /** References to a removed resource are removed with it. */
  private static final List<String> GONE_WITH_IT =
      List.of(
          "lake.yaml\tResources.MergeJob.Properties.SecurityConfiguration",
          "lake.yaml\tResources.VerifyJob.Properties.SecurityConfiguration",
          "lake.yaml\tResources.OnSchedule.Properties.WorkflowName",
          "lake.yaml\tResources.AfterMerge.Properties.WorkflowName",
          "lake.yaml\tOutputs.WorkflowName");

  static final Set<String> OUTPUTS =
      Set.of(
          "CapturePolicyArn",
          "CodeBucketName",
          "CodeFolder",
          "DashboardUrl",
          "LakeBucketName",
          "LogGroupName",
          "MergeJobName",
          "ParameterGroupName",
          "ProducerSecurityGroupId",
          "RawBucketName",
          "ReaderPolicyArn",
          "SourceSecretArn",
          "SourceSecurityGroupId",
          "StreamName",
          "SubnetIds",
          "TopicArn",
          "VerifyJobName",
          "WorkGroupName");

  private static final Pattern ITERATOR = Pattern.compile("\"ShardIterator\": (\"[^\"]*\")");

  @TempDir private static Path folder;
  private static TemplatesOnEmulator templates;
  private static Stacks stacks;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    EmulatorInstalled.assume();
    templates = TemplatesOnEmulator.in(folder);
    stacks = templates.stacks();
  }

  @AfterAll
  static void stop() {
    if (templates != null) {
      templates.close();
    }
  }

  @Test
  void whatIsTakenOutIsInTheTemplatesAndTheEmulatorRefusesIt()
      throws IOException, InterruptedException {
    List<String[]> takenOut =
        templates.takenOut().stream().map(line -> line.split("\t", -1)).toList();
    assertEquals(
        UNMADE,
        takenOut.stream()
            .filter(columns -> columns.length == 3)
            .map(columns -> columns[2])
            .distinct()
            .sorted()
            .toList());
    assertEquals(
        GONE_WITH_IT,
        takenOut.stream()
            .filter(columns -> columns.length == 2)
            .map(columns -> String.join("\t", columns))
            .toList());

    List<String> types = UNMADE.stream().filter(kind -> kind.matches("[\\w:]+")).toList();
    assertHas(stacks.refusal("types", ofTypes(types)), "Unrecognized resource types: " + types);
    assertHas(
        stacks.refusal(
            "property",
            """
            {"Resources": {"Alarm": {"Type": "AWS::CloudWatch::Alarm", "Properties": {
              "EvaluationPeriods": 1, "Threshold": 1, "ComparisonOperator": "GreaterThanThreshold",
              "Metrics": [{"Id": "one", "Expression": "1"}]}}}}
            """),
        "Properties.Metrics (metric math) is not supported");
    assertHas(
        stacks.refusal(
            "attribute",
            """
            {"Resources": {"Sample": {"Type": "AWS::RDS::DBInstance", "Properties": {
              "Engine": "postgres", "DBInstanceClass": "db.t4g.micro", "AllocatedStorage": "30",
              "MasterUsername": "postgres", "ManageMasterUserPassword": true}}},
             "Outputs": {"Secret": {"Value": {
              "Fn::GetAtt": ["Sample", "MasterUserSecret.SecretArn"]}}}}
            """),
        "MasterUserSecret.SecretArn does not exist");
  }

  @Test
  void eachTemplateAloneTakesTheOutputsOfThoseBeforeIt() throws IOException, InterruptedException {
    Map<String, String> known = createAlone();
    assertEquals("subnet-01", known.get("SubnetId"));

    assertHas(templates.service("alone"), "\"desiredCount\": 0");
    assertGone("EntityNotFoundException", () -> templates.trigger("alone-schedule"));
    stacks.update("alone-producer", templates.part("producer"), Map.of("Running", "yes"));
    // With one more change: the emulator overlooks resources that only a condition adds or removes.
    stacks.update("alone-lake", templates.part("lake"), Map.of("Scheduled", "yes", "Workers", "8"));
    assertHas(templates.service("alone"), "\"desiredCount\": 1");
    assertHas(templates.trigger("alone-schedule"), "\"ACTIVATED\"", "cron(0/15 * * * ? *)");

    Map<String, String> onMachine =
        stacks.update(
            "alone-producer", templates.part("producer"), Map.of("RunOn", "ec2", "LogDays", "60"));
    assertEquals(Set.of("InstanceProfileName", "LogGroupName", "PolicyArn"), onMachine.keySet());
    assertGone("ClusterNotFoundException", () -> templates.service("alone"));

    stacks.delete("alone-storage");
    stacks.delete("alone-source");
    stacks.delete("alone-keys");
    assertKept(known);
  }

  @Test
  void theWholeIsMadeWithNothingRunningAndChangedAndTakenDown()
      throws IOException, InterruptedException {
    Map<String, String> made =
        stacks.deploy("firn", templates.whole(), Map.of("AlarmEmail", "you@example.com"));
    assertEquals(OUTPUTS, made.keySet());
    assertHas(templates.service("firn"), "\"desiredCount\": 0");
    assertGone("EntityNotFoundException", () -> templates.trigger("firn-schedule"));
    putRecord("firn-changes");

    // Not Running or Scheduled: the emulator fails to update a part whose !GetAtt reads a resource
    // that does not change.
    Map<String, String> changed =
        stacks.update("firn", templates.whole(), Map.of("ScanLimitMegabytes", "500"));
    assertEquals(made, changed);
    assertEquals("you@example.com", stacks.parameters("firn").get("AlarmEmail"));
    assertHas(templates.workgroup("firn"), "\"BytesScannedCutoffPerQuery\": \"500000000\"");
    assertHas(records("firn-changes"), "\"Data\": \"e30=\"");

    stacks.delete("firn");
    assertGone("ResourceNotFoundException", () -> templates.stream("firn-changes"));
    assertGone("EntityNotFoundException", () -> templates.job("firn-merge"));
  }

  /** After the stacks of storage.yaml, source.yaml and keys.yaml were deleted. */
  private static void assertKept(Map<String, String> known)
      throws IOException, InterruptedException {
    for (String kept : List.of("raw", "lake")) {
      assertHas(templates.answers().list(bucket("alone", kept)), "<KeyCount>0<");
    }
    for (String dropped : List.of("code", "results")) {
      assertGone("NoSuchBucket", () -> templates.answers().list(bucket("alone", dropped)));
    }
    assertHas(templates.secret("alone/mask-key"), "\"SecretString\"");
    assertGone("ResourceNotFoundException", () -> templates.secret("alone/source"));
    for (String kept : List.of("RawKeyArn", "LakeKeyArn", "SourceKeyArn")) {
      assertHas(key(known.get(kept)), "\"KeyState\": \"Enabled\"");
    }
    for (String dropped : List.of("StreamKeyArn", "OperationsKeyArn")) {
      assertHas(key(known.get(dropped)), "\"KeyState\": \"PendingDeletion\"");
    }
  }

  /** Answers what they were given and handed out. */
  private static Map<String, String> createAlone() throws IOException, InterruptedException {
    Map<String, String> known = new HashMap<>();
    known.putAll(Map.of("Name", "alone", "Database", "alone", "MaskKey", "yes"));
    known.putAll(Map.of("VpcId", "vpc-00000001", "SubnetIds", "subnet-01,subnet-02"));
    known.put("RouteTableIds", "rtb-01,rtb-02");
    for (Path template : templates.parts()) {
      String stack = "alone-" + template.getFileName().toString().replace(".yaml", "");
      Map<String, String> given = new TreeMap<>(known);
      given.keySet().retainAll(TemplatesOnEmulator.parameters(template));
      Map<String, String> outputs = stacks.create(stack, template, given);
      assertFalse(outputs.containsValue(""), stack + ": " + outputs);
      known.putAll(outputs);
      known.computeIfAbsent("SubnetId", none -> outputs.get("FirstSubnetId"));
    }
    return known;
  }

  private static String ofTypes(List<String> types) {
    return IntStream.range(0, types.size())
        .mapToObj(i -> "\"R" + i + "\": {\"Type\": \"" + types.get(i) + "\"}")
        .collect(joining(", ", "{\"Resources\": {", "}}"));
  }

  private static String key(String arn) throws IOException, InterruptedException {
    return templates.answers().keys("DescribeKey", "{\"KeyId\": \"" + arn + "\"}");
  }

  private static void putRecord(String stream) throws IOException, InterruptedException {
    templates
        .answers()
        .kinesis(
            "PutRecord",
            """
            {"StreamName": "%s", "PartitionKey": "1", "ExplicitHashKey": "0", "Data": "e30="}"""
                .formatted(stream));
  }

  /** Those of the first shard. */
  private static String records(String stream) throws IOException, InterruptedException {
    String answer =
        templates
            .answers()
            .kinesis(
                "GetShardIterator",
                """
                {"StreamName": "%s", "ShardId": "shardId-000000000000",
                 "ShardIteratorType": "TRIM_HORIZON"}"""
                    .formatted(stream));
    Matcher iterator = ITERATOR.matcher(answer);
    assertTrue(iterator.find(), answer);
    return templates
        .answers()
        .kinesis("GetRecords", "{\"ShardIterator\": " + iterator.group(1) + "}");
  }

  private static void assertGone(String error, Executable question) {
    assertHas(assertThrows(IllegalStateException.class, question).getMessage(), error);
  }
}
