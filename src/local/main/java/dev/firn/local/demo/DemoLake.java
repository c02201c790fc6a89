package dev.firn.local.demo;

import dev.firn.local.aws.AwsLocal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The AWS resources of a demo: a stream, a bucket for the raw zone and one for the lake. */
final class DemoLake {

  static final String STREAM = "firn-changes";
  static final String RAW = "firn-raw";
  static final String LAKE = "firn-lake";

  /** More than one, so that the stages handle several. */
  private static final String SHARDS = "2";

  private final AwsLocal aws;

  DemoLake(AwsLocal aws) {
    this.aws = aws;
  }

  void create() throws InterruptedException {
    String region = aws.environment().get("AWS_REGION");
    for (String bucket : List.of(RAW, LAKE)) {
      aws.call(
          "s3api",
          "create-bucket",
          "--bucket",
          bucket,
          "--create-bucket-configuration",
          "LocationConstraint=" + region);
    }
    aws.call("kinesis", "create-stream", "--stream-name", STREAM, "--shard-count", SHARDS);
  }

  /** The keys of both buckets, counted by folder, and the tables of the Glue catalog. */
  List<String> listing() throws InterruptedException {
    List<String> lines = new ArrayList<>();
    for (String bucket : List.of(RAW, LAKE)) {
      folders(bucket)
          .forEach(
              (folder, size) -> lines.add("%-60s %s".formatted("s3://" + folder, size.toString())));
    }
    for (String database : List.of(DemoPipeline.DATABASE, DemoPipeline.DATABASE + "__firn")) {
      aws.call(
              "glue",
              "get-tables",
              "--database-name",
              database,
              "--query",
              "TableList[].[DatabaseName,Name,Parameters.metadata_location]",
              "--output",
              "text")
          .forEach(line -> lines.add("glue: " + line.replaceFirst("\t", ".").replace("\t", "  ")));
    }
    return lines;
  }

  /** Objects and bytes of a folder. */
  private record Size(long objects, long bytes) {

    Size plus(Size other) {
      return new Size(objects + other.objects, bytes + other.bytes);
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%,5d objects %,12d bytes", objects, bytes);
    }
  }

  private Map<String, Size> folders(String bucket) throws InterruptedException {
    Map<String, Size> folders = new TreeMap<>();
    for (String line :
        aws.call(
            "s3api",
            "list-objects-v2",
            "--bucket",
            bucket,
            "--query",
            "Contents[].[Size,Key]",
            "--output",
            "text")) {
      String[] columns = line.split("\t", 2);
      Size size = new Size(1, Long.parseLong(columns[0]));
      folders.merge(bucket + "/" + folder(columns[1]), size, Size::plus);
    }
    return folders;
  }

  /**
   * The folder by which a key is counted: the table of a raw file, the table and data or metadata
   * of a lake file.
   */
  private static String folder(String key) {
    String parent = key.substring(0, key.lastIndexOf('/') + 1);
    return parent.replaceFirst("/year=.*", "/");
  }
}
