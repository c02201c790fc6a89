package dev.firn.cdc.source;

import dev.firn.console.Notices;
import dev.firn.console.OperatorException;
import dev.firn.pipeline.QualifiedName;
import dev.firn.pipeline.SourceTable;
import dev.firn.source.state.Trouble;
import dev.firn.source.state.Trouble.Effect;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tables of a run that need a decision. Each is recorded in the source before anything else
 * happens, so that later runs know about it, and stays until the table is copied again. Used by one
 * thread.
 */
public final class TableTroubles {

  private final SnapshotState state;
  private final Notices notices;
  private final Map<QualifiedName, SourceTable> tables;
  private final Map<QualifiedName, Trouble> troubles = new HashMap<>();

  /**
   * @param tables of the configuration
   * @param notices receives a sentence for each table when its trouble begins
   */
  public TableTroubles(SnapshotState state, List<SourceTable> tables, Notices notices) {
    this.state = state;
    this.notices = notices;
    this.tables = tables.stream().collect(Collectors.toMap(SourceTable::name, Function.identity()));
  }

  /** Loads what earlier runs recorded. */
  public void recall(Map<QualifiedName, CapturedTable> captured) {
    captured.forEach(
        (name, table) -> {
          if (tables.containsKey(name)) {
            table.trouble().ifPresent(trouble -> troubles.put(name, trouble));
          }
        });
  }

  /** From this LSN on the changes of this table are not captured. */
  public void stop(QualifiedName table, String reason, long lsn) {
    if (!isStopped(table)) {
      begin(table, new Trouble(Effect.STOPPED, reason, lsn));
    }
  }

  /** Changes of this table before this LSN may be missing; later ones are captured. */
  public void doubt(QualifiedName table, String reason, long lsn) {
    if (troubles.get(table) == null || effect(table).equals(Optional.of(Effect.NONE))) {
      begin(table, new Trouble(Effect.IN_DOUBT, reason, lsn));
    }
  }

  /** The table needs attention, but no change is missing: this is not recorded. */
  public void note(QualifiedName table, String reason) {
    if (!troubles.containsKey(table)) {
      Trouble trouble = new Trouble(Effect.NONE, reason, 0);
      troubles.put(table, trouble);
      notices.warn(trouble.sentence(tables.get(table)));
    }
  }

  /** What was noted about the table no longer applies. */
  public void clear(QualifiedName table) {
    if (effect(table).equals(Optional.of(Effect.NONE))) {
      troubles.remove(table);
    }
  }

  /**
   * The operator confirms that no change of the table is missing.
   *
   * @throws OperatorException when its changes were not captured
   */
  public void accept(QualifiedName table) {
    if (isStopped(table)) {
      throw new OperatorException(
          "Cannot accept table: its changes were not captured: " + table,
          "Run 'firn capture --resnapshot %s'.".formatted(tables.get(table).token()));
    }
    state.accept(table);
    troubles.remove(table);
  }

  /** The table is copied again. */
  public void settle(QualifiedName table) {
    troubles.remove(table);
  }

  public boolean isStopped(QualifiedName table) {
    return effect(table).equals(Optional.of(Effect.STOPPED));
  }

  /** The tables that need a decision. */
  public Set<QualifiedName> tables() {
    return Set.copyOf(troubles.keySet());
  }

  /** One sentence for each table, by name. */
  public List<String> sentences() {
    return named().stream().map(table -> troubles.get(table.name()).sentence(table)).toList();
  }

  /** The tokens of the tables. */
  public List<String> tokens() {
    return named().stream().map(table -> table.token().value()).toList();
  }

  private Optional<Effect> effect(QualifiedName table) {
    return Optional.ofNullable(troubles.get(table)).map(Trouble::effect);
  }

  private List<SourceTable> named() {
    return troubles.keySet().stream()
        .map(tables::get)
        .sorted(Comparator.comparing(table -> table.name().toString()))
        .toList();
  }

  private void begin(QualifiedName name, Trouble trouble) {
    state.record(name, trouble);
    troubles.put(name, trouble);
    notices.warn(trouble.sentence(tables.get(name)));
  }
}
