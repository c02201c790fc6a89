package dev.firn.local.aws;

import static dev.firn.local.aws.TemplatesOnEmulator.assertHas;
import static dev.firn.local.aws.TemplatesOnEmulator.bucket;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.firn.testing.RunsProcesses;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The stack of firn.yaml on the emulator, with everything enabled: the test reads the result from
 * the services, as far as the emulator keeps it (docs/aws-emulator.md).
 */
@RunsProcesses
class WholeStackTest {

  /** None of these is the default. */
  private static final Map<String, String> GIVEN =
      Map.ofEntries(
          Map.entry("Name", "all"),
          Map.entry("AlarmEmail", "you@example.com"),
          Map.entry("AccessLogBucket", "templates"),
          Map.entry("LogDays", "90"),
          Map.entry("PostgresVersion", "16"),
          Map.entry("SourceUser", "reader"),
          Map.entry("Slot", "shop"),
          Map.entry("SlotKeepMegabytes", "2048"),
          Map.entry("MaskKey", "yes"),
          Map.entry("DatabaseResourceId", "db-ABC"),
          Map.entry("SampleDatabase", "yes"),
          Map.entry("Endpoints", "yes"),
          Map.entry("SourcePort", "5433"),
          Map.entry("SourceCidr", "10.1.0.0/16"),
          Map.entry("StreamMode", "PROVISIONED"),
          Map.entry("Shards", "2"),
          Map.entry("RetentionHours", "96"),
          Map.entry("BufferSeconds", "120"),
          Map.entry("RawColdDays", "60"),
          Map.entry("NoncurrentDays", "40"),
          Map.entry("Running", "yes"),
          Map.entry("ImageTag", "7"),
          Map.entry("Architecture", "ARM64"),
          Map.entry("Cpu", "1024"),
          Map.entry("Memory", "2048"),
          Map.entry("BytesBehindLimit", "1000000"),
          Map.entry("Database", "everything"),
          Map.entry("GlueVersion", "5.1"),
          Map.entry("WorkerType", "G.2X"),
          Map.entry("Workers", "7"),
          Map.entry("Schedule", "cron(0 3 * * ? *)"),
          Map.entry("Scheduled", "yes"),
          Map.entry("MergeSilenceSeconds", "7200"),
          Map.entry("VerifyAfterMerge", "yes"),
          Map.entry("ScanLimitMegabytes", "500"),
          Map.entry("SampleTable", "product"));

  /** An existing VPC and database; RunOn is changed in TemplatesTest. */
  private static final Set<String> NOT_GIVEN =
      Set.of("InstanceId", "RouteTableIds", "RunOn", "SubnetIds", "VpcId");

  private static final Set<String> OUTPUTS_OF_SWITCHES =
      Set.of("MaskSecretArn", "Pipeline", "SampleAddress", "SampleMasterSecretArn");

  private static final Set<String> ALARMS =
      Set.of(
          "capture-late",
          "capture-log-kept",
          "capture-refused",
          "capture-silent",
          "firehose-behind",
          "firehose-late",
          "firehose-many-partitions",
          "firehose-partitions-exceeded",
          "firehose-write-fails",
          "merge-silent",
          "source-disk",
          "source-slot-lag",
          "stream-near-loss",
          "stream-records-failed",
          "stream-throttled");

  private static final Pattern ALARM = Pattern.compile("<AlarmName>all-([^<]*)</AlarmName>");

  @TempDir private static Path folder;
  private static TemplatesOnEmulator templates;
  private static AwsAnswers answers;
  private static Map<String, String> outputs;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    EmulatorInstalled.assume();
    templates = TemplatesOnEmulator.in(folder);
    answers = templates.answers();
    outputs = templates.stacks().deploy("all", templates.whole(), GIVEN);
  }

  @AfterAll
  static void stop() {
    if (templates != null) {
      templates.close();
    }
  }

  @Test
  void whatItIsGivenReachesEachPart() throws IOException, InterruptedException {
    Set<String> parameters = new TreeSet<>(GIVEN.keySet());
    parameters.addAll(NOT_GIVEN);
    assertEquals(parameters, templates.stacks().parameters("all").keySet());
    List<String> parts = templates.stacks().parts("all");
    assertEquals(templates.parts().size(), parts.size());
    for (String part : parts) {
      Map<String, String> own = templates.stacks().parameters(part);
      Map<String, String> given = new TreeMap<>(GIVEN);
      given.keySet().retainAll(own.keySet());
      own.keySet().retainAll(given.keySet());
      assertEquals(given, own, part);
    }
  }

  @Test
  void oneOfItsOutputsIsThePipelinesFile() {
    Set<String> expected = new TreeSet<>(TemplatesTest.OUTPUTS);
    expected.addAll(OUTPUTS_OF_SWITCHES);
    assertEquals(expected, outputs.keySet());
    String address = outputs.get("SampleAddress");
    String secret = outputs.get("SourceSecretArn");
    assertHas(
        outputs.get("Pipeline"),
        "url: \"jdbc:postgresql://" + address + ":5432/shop\"\n  user: reader\n",
        "password: \"${secret:" + secret + "}\"\n",
        "slot: shop\n",
        "stream: { kinesis: all-changes, region: eu-west-1 }\n",
        "raw: s3://" + bucket("all", "raw") + "/raw\n",
        "database: everything, warehouse: \"s3://" + bucket("all", "lake") + "/warehouse\" }");
  }

  @Test
  void theStreamGoesToTheRawBucket() throws IOException, InterruptedException {
    assertHas(
        templates.stream("all-changes"),
        "\"StreamMode\": \"PROVISIONED\"",
        "\"OpenShardCount\": 2",
        "\"RetentionPeriodHours\": 96");
    assertHas(
        answers.firehose("DescribeDeliveryStream", "{\"DeliveryStreamName\": \"all-raw\"}"),
        "\"KinesisStreamARN\": \"arn:aws:kinesis:eu-west-1:000000000000:stream/all-changes\"",
        "\"BucketARN\": \"arn:aws:s3:::" + bucket("all", "raw") + "\"",
        "\"IntervalInSeconds\": \"120\"",
        "\"CompressionFormat\": \"GZIP\"",
        "\"Prefix\": \"raw/!{partitionKeyFromQuery:table}/year=!{partitionKeyFromQuery:year}/",
        "\"ErrorOutputPrefix\": \"raw/error/",
        "{table:.table, year:(.event_timestamp|strftime(\\\"%Y\\\")), ");
  }

  @Test
  void bucketsAreVersionedAndClosed() throws IOException, InterruptedException {
    for (String kind : List.of("raw", "lake", "code", "results")) {
      String bucket = bucket("all", kind);
      assertHas(answers.bucket(bucket, "versioning"), "<Status>Enabled</Status>");
      assertHas(answers.bucket(bucket, "publicAccessBlock"), "<RestrictPublicBuckets>true<");
      assertHas(answers.bucket(bucket, "policy"), "OnlyTls", "OnlyKms", "OnlyThisKey");
    }
    for (String key : List.of("stream", "raw", "lake", "source", "operations")) {
      assertHas(
          answers.keys("GetKeyRotationStatus", "{\"KeyId\": \"alias/all-" + key + "\"}"),
          "\"KeyRotationEnabled\": true");
    }
  }

  @Test
  void theProducerIsNoRootAndItsDiskIsReadOnly() throws IOException, InterruptedException {
    assertHas(
        answers.ecs("DescribeTaskDefinition", "{\"taskDefinition\": \"all-capture\"}"),
        "\"user\": \"10001:10001\"",
        "\"readonlyRootFilesystem\": true",
        "{\"Drop\": [\"ALL\"]}",
        "/all-capture:7\"",
        "\"cpu\": \"1024\"",
        "\"memory\": \"2048\"",
        "\"awslogs-group\": \"/all/capture\"");
    assertHas(
        templates.service("all"),
        "\"desiredCount\": 1",
        "\"maximumPercent\": 100",
        "\"minimumHealthyPercent\": 0",
        "\"assignPublicIp\": \"DISABLED\"",
        outputs.get("ProducerSecurityGroupId"));
    assertHas(
        templates.secret("all/source"), "{\\\"username\\\": \\\"reader\\\", \\\"password\\\"");
    assertHas(templates.secret("all/mask-key"), "\"SecretString\"");
  }

  @Test
  void theSourceIsReachedByProducerAndVerifyAlone() throws IOException, InterruptedException {
    String own = outputs.get("SourceSecurityGroupId");
    String group = answers.form("ec2", "DescribeSecurityGroups", Map.of("GroupId.1", own));
    assertHas(group, "<fromPort>5433</fromPort><toPort>5433</toPort>");
    assertHas(group, outputs.get("ProducerSecurityGroupId"), "<description>verify</description>");
    String incoming =
        group.substring(group.indexOf("<ipPermissions>"), group.indexOf("</ipPermissions>"));
    assertEquals(2, incoming.split("<groupId>", -1).length - 1, incoming);
    assertFalse(incoming.contains("<cidrIp>"), incoming);
    assertHas(
        answers.form("rds", "DescribeDBInstances", Map.of("DBInstanceIdentifier", "all-sample")),
        "<PubliclyAccessible>false</PubliclyAccessible>",
        "<StorageEncrypted>true</StorageEncrypted>",
        "<DBParameterGroupName>" + outputs.get("ParameterGroupName") + "<",
        own);
  }

  @Test
  void aVpcWithoutAWayOutHasTheEndpointsOfProducerAndVerify()
      throws IOException, InterruptedException {
    String subnets = answers.form("ec2", "DescribeSubnets", Map.of());
    assertHas(subnets, "<cidrBlock>10.60.0.0/24<", "<cidrBlock>10.60.1.0/24<");
    String endpoints = answers.form("ec2", "DescribeVpcEndpoints", Map.of());
    for (String service :
        List.of(
            "s3",
            "kinesis-streams",
            "secretsmanager",
            "logs",
            "ecr.api",
            "ecr.dkr",
            "glue",
            "kms",
            "monitoring",
            "sts")) {
      assertHas(endpoints, "<serviceName>com.amazonaws.eu-west-1." + service + "</serviceName>");
    }
  }

  @Test
  void verifyFollowsTheMergeOfTheSchedule() throws IOException, InterruptedException {
    String code = "s3://" + bucket("all", "code") + "/firn";
    assertEquals(code, outputs.get("CodeFolder"));
    for (String stage : List.of("merge", "verify")) {
      assertHas(
          templates.job("all-" + stage),
          "\"GlueVersion\": \"5.1\"",
          "\"WorkerType\": \"G.2X\"",
          "\"NumberOfWorkers\": \"7\"",
          "\"ScriptLocation\": \"" + code + "/firn.scala\"",
          "\"--verb\": \"" + stage + "\"",
          "\"--config\": \"" + code + "/pipeline.yaml\"",
          "\"--extra-jars\": \"" + code + "/firn-etl.jar");
    }
    assertHas(templates.job("all-merge"), "\"--sweep\": \"24h\"");
    assertHas(templates.job("all-verify"), "[\"all-source\"]", "/firn/postgresql-42.7.14.jar");
    assertHas(
        templates.trigger("all-schedule"), "cron(0 3 * * ? *)", "[{\"JobName\": \"all-merge\"}]");
    assertHas(
        templates.trigger("all-after-merge"),
        "\"State\": \"ACTIVATED\"",
        "\"JobName\": \"all-merge\"",
        "[{\"JobName\": \"all-verify\"}]");
  }

  @Test
  void theLakeIsInTwoDatabasesAndAWorkgroupHasALimit() throws IOException, InterruptedException {
    for (String database : List.of("everything", "everything__firn")) {
      assertHas(
          answers.glue("GetDatabase", "{\"Name\": \"" + database + "\"}"),
          "s3://" + bucket("all", "lake") + "/warehouse/" + database + ".db");
    }
    assertHas(
        templates.workgroup("all"),
        "\"EnforceWorkGroupConfiguration\": true",
        "\"BytesScannedCutoffPerQuery\": \"500000000\"",
        "s3://" + bucket("all", "results") + "/athena/",
        "\"SSE_KMS\"");
  }

  @Test
  void everyAlarmIsThere() throws IOException, InterruptedException {
    String alarms = answers.form("monitoring", "DescribeAlarms", Map.of("AlarmNamePrefix", "all-"));
    assertEquals(
        ALARMS,
        ALARM.matcher(alarms).results().map(alarm -> alarm.group(1)).collect(Collectors.toSet()));
    // Half of the retention, and the log that the source may keep, for producer and database.
    assertHas(alarms, "<Threshold>172800000.0<", "<Threshold>1000000.0<");
  }
}
