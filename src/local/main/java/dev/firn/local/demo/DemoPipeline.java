package dev.firn.local.demo;

import dev.firn.local.database.DatabaseAddress;
import dev.firn.local.workload.Workload;
import dev.firn.pipeline.QualifiedName;
import java.util.stream.Collectors;

/** The pipeline.yaml of a demo: everything beside it, in its own folder. */
final class DemoPipeline {

  private DemoPipeline() {}

  static String text(DatabaseAddress address) {
    String tables =
        Workload.tables().stream().map(QualifiedName::toString).collect(Collectors.joining(", "));
    return """
        # Written by firn demo. The password is in the environment: FIRN_PG_PASSWORD; any is right here.
        source:
          url: "%s"
          user: %s
          password: "${env:FIRN_PG_PASSWORD}"
          slot: firn
          publication: firn
          tables: [%s]
        stream: { direct: true, buffer: { age: 1s } }
        raw: raw
        lake: { catalog: "jdbc:sqlite:catalog.db", database: lake, warehouse: warehouse }
        """
        .formatted(address.url(), address.user(), tables);
  }
}
