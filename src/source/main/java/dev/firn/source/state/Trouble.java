package dev.firn.source.state;

import dev.firn.pipeline.SourceTable;
import dev.firn.source.Lsn;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/**
 * Why a captured table needs a decision, while the other tables continue.
 *
 * @param reason a clause about the table: {@code the table was replaced by another table of the
 *     same name}
 * @param since the LSN at which it was detected
 */
public record Trouble(Effect effect, String reason, long since) {

  /**
   * The columns of {@code firn.captured_table t} for {@link #read}: NULL if the row has no trouble,
   * or if an older version created the table, which then lacks these columns.
   */
  public static final String COLUMNS =
      "to_jsonb(t) ->> 'trouble' AS trouble, to_jsonb(t) ->> 'trouble_effect' AS trouble_effect,"
          + " to_jsonb(t) ->> 'trouble_since' AS trouble_since";

  /** What happens to later changes. */
  public enum Effect {
    /** They are captured, and none is missing. */
    NONE,
    /** They are captured; some earlier ones may be missing. */
    IN_DOUBT,
    /** They are not captured: only a new copy of the table contains them. */
    STOPPED
  }

  public Trouble {
    Objects.requireNonNull(effect, "effect");
    Objects.requireNonNull(reason, "reason");
  }

  /** Reads the trouble from a row that has {@link #COLUMNS}. */
  public static Optional<Trouble> read(ResultSet row) throws SQLException {
    String reason = row.getString("trouble");
    return reason == null
        ? Optional.empty()
        : Optional.of(
            new Trouble(
                Effect.valueOf(row.getString("trouble_effect")),
                reason,
                Lsn.parse(row.getString("trouble_since"))));
  }

  /** What happened, what it means, and what to do. */
  public String sentence(SourceTable table) {
    return switch (effect) {
      case NONE ->
          ("%s is still captured under its token %s, but %s. Rename it back, or replace the old"
                  + " name in source.tables by the new one, which copies the table again")
              .formatted(table.name(), table.token(), reason);
      case IN_DOUBT ->
          ("%s may lack changes (detected at %s): %s. Run 'firn capture --resnapshot %s'; or, if"
                  + " you know that no change is missing, 'firn capture --accept %s'")
              .formatted(table.name(), Lsn.format(since), reason, table.token(), table.token());
      case STOPPED ->
          "%s has not been captured since %s: %s. Run 'firn capture --resnapshot %s'"
              .formatted(table.name(), Lsn.format(since), reason, table.token());
    };
  }
}
