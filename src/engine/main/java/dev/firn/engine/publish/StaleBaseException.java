package dev.firn.engine.publish;

/**
 * The table was rewritten (a compaction, say) since this batch was staged: it is to be staged anew.
 */
public final class StaleBaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleBaseException(String table) {
    super(
        "Cannot publish staged batch: the table was changed meanwhile by another commit: " + table);
  }
}
