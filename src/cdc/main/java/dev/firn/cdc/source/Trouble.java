package dev.firn.cdc.source;

import dev.firn.pipeline.SourceTable;
import dev.firn.source.Lsn;
import java.util.Objects;

/**
 * Why a captured table needs a decision, while the other tables continue.
 *
 * @param reason a clause about the table: {@code the table was replaced by another of its name}
 * @param since the LSN at which it was noticed
 */
public record Trouble(Effect effect, String reason, long since) {

  /** What becomes of the changes that follow. */
  public enum Effect {
    /** They are captured, and none is missing. */
    NONE,
    /** They are captured; some before them may be missing. */
    IN_DOUBT,
    /** They are not captured: only another copy of the table brings them. */
    STOPPED
  }

  public Trouble {
    Objects.requireNonNull(effect, "effect");
    Objects.requireNonNull(reason, "reason");
  }

  /** What happened, what it means, and what to do. */
  String sentence(SourceTable table) {
    return switch (effect) {
      case NONE ->
          ("%s is captured under its token %s: %s. Rename it back, or put that name into"
                  + " source.tables in place of the old one, which copies it again")
              .formatted(table.name(), table.token(), reason);
      case IN_DOUBT ->
          ("%s may lack changes, noticed at %s: %s. Run 'firn capture --resnapshot %s'; or, if"
                  + " you know that no change is missing, 'firn capture --accept %s'")
              .formatted(table.name(), Lsn.format(since), reason, table.token(), table.token());
      case STOPPED ->
          "%s is not captured since %s: %s. Run 'firn capture --resnapshot %s'"
              .formatted(table.name(), Lsn.format(since), reason, table.token());
    };
  }
}
