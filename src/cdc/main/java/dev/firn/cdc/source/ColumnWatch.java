package dev.firn.cdc.source;

import dev.firn.cdc.event.TableShape;
import dev.firn.console.Notices;
import dev.firn.console.OperatorException;
import dev.firn.contract.LakeRules;
import dev.firn.contract.TableVersion;
import dev.firn.pipeline.PipelineConfig;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reports, with the remedy, changes of the columns of captured tables that do not reach the lake as
 * events. It checks when capture starts, at each new shape of a table in the log, and every minute;
 * a change that was made while no capture ran is found at the next start.
 */
public final class ColumnWatch {

  private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

  /** A table that is captured, and how it was copied. */
  private record Watched(SourceTable table, CapturedTable copy) {}

  private final PipelineConfig config;
  private final Map<Long, Watched> tables = new LinkedHashMap<>();
  private final CapturedColumns columns;
  private final Notices notices;
  private final Set<TableVersion> refused = new HashSet<>();
  private boolean recording = true;
  private long lookedAt;

  /**
   * @param notices receives a sentence for each change
   */
  public ColumnWatch(PipelineConfig config, Source source, Notices notices) {
    this.config = config;
    Map<QualifiedName, CapturedTable> captured = source.snapshots().tables();
    for (SourceTable table : config.source().tables()) {
      CapturedTable copy = captured.get(table.name());
      if (copy != null) {
        tables.put(copy.oid(), new Watched(table, copy));
      }
    }
    this.columns = new CapturedColumns(source.sql(), config.source().slot());
    this.notices = notices;
  }

  /** Looks at every captured table, before any change of it is read. */
  public void begin() {
    try {
      columns.createIfMissing();
    } catch (OperatorException e) {
      recording = false;
      notices.warn("column changes will not be reported: " + e.getMessage());
    }
    look();
  }

  /** To be called often; checks every minute. */
  public void tick() {
    if (System.nanoTime() - lookedAt >= INTERVAL) {
      look();
    }
  }

  private void look() {
    lookedAt = System.nanoTime();
    tables.values().forEach(this::look);
  }

  /**
   * Checks a table that has this shape from now on in the log. If the lake cannot store it, the
   * table is still captured, and merge quarantines its rows.
   *
   * @return the shape with its renamed columns: values of them that the log does not send may be in
   *     the lake only under the earlier names
   */
  TableShape watched(long oid, TableShape shape) {
    Optional<Watched> table = Optional.ofNullable(recording ? tables.get(oid) : null);
    table.ifPresent(this::look);
    tellRefusals(shape);
    return table.map(one -> shape.withRenamed(columns.renamed(one.copy()))).orElse(shape);
  }

  private void tellRefusals(TableShape shape) {
    List<LakeRules.Refusal> refusals = LakeRules.refusals(shape.document());
    if (!refusals.isEmpty() && refused.add(shape.version())) {
      refusals.forEach(
          refusal ->
              notices.warn(
                  ("table %s can no longer be merged, its rows are quarantined: %s"
                          + " Then run 'firn capture --resnapshot %s'.")
                      .formatted(shape.name(), refusal, shape.version().table())));
    }
  }

  private void look(Watched watched) {
    if (!recording) {
      return;
    }
    List<ColumnChange> changes = columns.look(watched.copy());
    Map<String, String> gone =
        changes.stream()
            .filter(change -> !change.now().isThere())
            .map(ColumnChange::was)
            .collect(Collectors.toMap(ColumnChange.Side::name, ColumnChange.Side::declared));
    String token = watched.table().token().value();
    Set<String> excluded = config.table(token).exclude();
    changes.stream()
        .filter(change -> change.now().isThere() && !excluded.contains(change.now().name()))
        .flatMap(change -> change.consequence(gone).stream())
        .forEach(
            consequence ->
                notices.warn(
                    "%s: %s. 'firn capture --resnapshot %s' copies the table again."
                        .formatted(watched.table().name(), consequence, token)));
  }
}
