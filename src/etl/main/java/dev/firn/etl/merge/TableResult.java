package dev.firn.etl.merge;

import dev.firn.contract.TableToken;
import java.util.List;
import java.util.Optional;

/** How one table's merge ended: with its report, and the failure if there was one. */
public record TableResult(TableReport report, Optional<Exception> failure) {

  static TableResult of(TableReport report) {
    return new TableResult(report, Optional.empty());
  }

  static TableResult failed(TableToken table, Exception failure) {
    TableReport report =
        new TableReport(
            table.value(),
            "failed",
            0,
            0,
            Counts.NONE,
            Effort.NONE,
            List.of(String.valueOf(failure.getMessage())));
    return new TableResult(report, Optional.of(failure));
  }
}
