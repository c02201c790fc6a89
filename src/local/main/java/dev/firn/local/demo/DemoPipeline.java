package dev.firn.local.demo;

import dev.firn.local.database.DatabaseAddress;
import dev.firn.local.workload.Workload;
import dev.firn.pipeline.QualifiedName;
import java.util.stream.Collectors;

/** The pipeline.yaml of a demo. */
final class DemoPipeline {

  static final String DATABASE = "lake";

  private DemoPipeline() {}

  /** With all data in the folder of the file. */
  static String inFolder(DatabaseAddress address) {
    return source(address)
        + """
        stream: { direct: true, buffer: { age: 1s } }
        raw: raw
        lake: { catalog: "jdbc:sqlite:catalog.db", database: %s, warehouse: warehouse }
        """
            .formatted(DATABASE);
  }

  /** On AWS: a stream, buckets, and Glue's catalog. */
  static String onAws(DatabaseAddress address) {
    return source(address)
        + """
        stream: { kinesis: %s, buffer: { age: 1s } }
        raw: s3://%s/raw
        lake: { catalog: glue, database: %s, warehouse: s3://%s/warehouse }
        """
            .formatted(DemoLake.STREAM, DemoLake.RAW, DATABASE, DemoLake.LAKE);
  }

  private static String source(DatabaseAddress address) {
    String tables =
        Workload.tables().stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
    return """
        # Written by firn demo. The password is in the environment variable FIRN_PG_PASSWORD; any value is accepted here.
        source:
          url: "%s"
          user: %s
          password: "${env:FIRN_PG_PASSWORD}"
          slot: firn
          publication: firn
          tables: [%s]
        """
        .formatted(address.url(), address.user(), tables);
  }
}
