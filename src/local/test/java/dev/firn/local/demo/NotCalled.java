package dev.firn.local.demo;

import static dev.firn.local.demo.Role.DELIVERY;
import static dev.firn.local.demo.Role.MERGE;
import static dev.firn.local.demo.Role.PRODUCER;
import static dev.firn.local.demo.Role.VERIFY;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rights that a policy must grant although no stage uses them on the emulator.
 *
 * @param role template and role
 * @param statement of its policy
 * @param parts actions or resources of the statement
 * @param reason which service needs them, and where that is documented
 */
record NotCalled(String role, String statement, List<String> parts, String reason) {

  private static final String KEY_OF_STREAM =
      "Kinesis uses the stream's key in the caller's name (Kinesis Data Streams Developer Guide,"
          + " Permissions to use user-generated KMS keys); the emulator's stream has none";

  private static final String KEY_OF_BUCKET =
      "S3 uses the bucket's key in the caller's name (S3 User Guide, Using server-side encryption"
          + " with AWS KMS keys); the emulator's buckets have none";

  private static final String KEY_OF_SECRET =
      "Secrets Manager uses the secret's key in the caller's name (Secrets Manager User Guide,"
          + " Secret encryption and decryption); the emulator's secret has none";

  private static final String FIREHOSE =
      "Firehose's own, deliver does not need it (Firehose Developer Guide, Controlling access,"
          + " Grant Firehose access to an Amazon S3 destination)";

  private static final String FAILED_UPLOAD =
      "Iceberg gives up an upload in parts that failed (S3OutputStream.abortUpload); here none"
          + " fails";

  private static final String GLUE_CODE =
      "the job's script, jars and pipeline.yaml (Glue Developer Guide, Using job parameters, and"
          + " glue-scripts/); here they are files";

  private static final String GLUE_LOG =
      "Glue writes the job's log (AWS managed policy AWSGlueServiceRole; Glue Developer Guide,"
          + " Encrypting data written by Glue); here it is the console";

  private static final String GLUE_NETWORK =
      "Glue joins the job to the source's network (AWS managed policy AWSGlueServiceRole); here the"
          + " source is on this machine";

  private static final String CODE_BUCKET = "arn:aws:s3:::firn-code";

  private static final List<NotCalled> ALL =
      List.of(
          of(PRODUCER, "EncryptStream", KEY_OF_STREAM, "kms:GenerateDataKey"),
          of(PRODUCER, "EncryptRaw", KEY_OF_BUCKET, "kms:Decrypt", "kms:GenerateDataKey"),
          of(PRODUCER, "DecryptSecrets", KEY_OF_SECRET, "kms:Decrypt"),
          of(DELIVERY, "ReadStream", FIREHOSE, "kinesis:DescribeStream"),
          of(DELIVERY, "DecryptStream", KEY_OF_STREAM, "kms:Decrypt"),
          of(
              DELIVERY,
              "LookAtRawBucket",
              FIREHOSE,
              "s3:GetBucketLocation",
              "s3:ListBucket",
              "s3:ListBucketMultipartUploads"),
          of(DELIVERY, "WriteRaw", FIREHOSE, "s3:AbortMultipartUpload", "s3:GetObject"),
          of(DELIVERY, "EncryptRaw", KEY_OF_BUCKET, "kms:Decrypt", "kms:GenerateDataKey"),
          of(DELIVERY, "Log", FIREHOSE, "logs:PutLogEvents"),
          of(MERGE, "ReadCode", GLUE_CODE, "s3:GetObject"),
          of(MERGE, "ListBuckets", GLUE_CODE, CODE_BUCKET),
          of(MERGE, "WriteTables", FAILED_UPLOAD, "s3:AbortMultipartUpload"),
          of(MERGE, "DecryptRaw", KEY_OF_BUCKET, "kms:Decrypt"),
          of(MERGE, "EncryptTables", KEY_OF_BUCKET, "kms:Decrypt", "kms:GenerateDataKey"),
          log(MERGE),
          of(VERIFY, "ReadCode", GLUE_CODE, "s3:GetObject"),
          of(VERIFY, "ListBuckets", GLUE_CODE, CODE_BUCKET),
          of(VERIFY, "DecryptTables", KEY_OF_BUCKET, "kms:Decrypt"),
          of(VERIFY, "DecryptSecret", KEY_OF_SECRET, "kms:Decrypt"),
          of(VERIFY, "ReadConnection", GLUE_NETWORK, "glue:GetConnection"),
          of(
              VERIFY,
              "LookAtNetwork",
              GLUE_NETWORK,
              "ec2:DescribeNetworkInterfaces",
              "ec2:DescribeRouteTables",
              "ec2:DescribeSecurityGroups",
              "ec2:DescribeSubnets",
              "ec2:DescribeVpcAttribute",
              "ec2:DescribeVpcEndpoints"),
          of(VERIFY, "JoinNetwork", GLUE_NETWORK, "ec2:CreateNetworkInterface"),
          of(VERIFY, "TagInterface", GLUE_NETWORK, "ec2:CreateTags"),
          of(VERIFY, "LeaveNetwork", GLUE_NETWORK, "ec2:DeleteNetworkInterface"),
          log(VERIFY));

  /** All rights of a role, each after the name of its statement. */
  static Set<String> allOf(Role role) {
    return ALL.stream()
        .filter(one -> one.role.equals(role.title()))
        .flatMap(one -> one.parts.stream().map(part -> one.statement + " " + part))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static NotCalled of(String role, String statement, String reason, String... parts) {
    return new NotCalled(role, statement, List.of(parts), reason);
  }

  private static NotCalled log(String role) {
    return of(
        role,
        "Log",
        GLUE_LOG,
        "logs:AssociateKmsKey",
        "logs:CreateLogGroup",
        "logs:CreateLogStream",
        "logs:PutLogEvents");
  }
}
