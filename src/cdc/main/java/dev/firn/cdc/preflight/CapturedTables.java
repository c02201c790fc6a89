package dev.firn.cdc.preflight;

import dev.firn.cdc.source.CaptureState;
import dev.firn.cdc.source.CapturedTable;
import dev.firn.cdc.source.Source;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.QualifiedName;
import java.util.Map;
import java.util.Set;

/**
 * The tables that are already captured and are not copied again. A problem of one of them does not
 * stop the others.
 */
final class CapturedTables {

  private final Source source;
  private final Set<QualifiedName> again;
  private Map<QualifiedName, CapturedTable> recorded;

  /**
   * @param again tables to copy again, as if they had never been captured
   */
  CapturedTables(Source source, Set<QualifiedName> again) {
    this.source = source;
    this.again = Set.copyOf(again);
  }

  boolean contains(QualifiedName name, long oid) {
    CapturedTable table = recorded().get(name);
    return table != null && table.complete() && table.oid() == oid && !again.contains(name);
  }

  private Map<QualifiedName, CapturedTable> recorded() {
    if (recorded == null) {
      recorded = read();
    }
    return recorded;
  }

  private Map<QualifiedName, CapturedTable> read() {
    try {
      return source.state().read().map(CaptureState::tables).orElse(Map.of());
    } catch (OperatorException e) {
      // The role may not read the state: another check reports that.
      return Map.of();
    }
  }
}
