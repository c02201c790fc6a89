package dev.firn.engine.publish;

/**
 * The table was rewritten, for example by a compaction, after this batch was staged: the batch must
 * be staged again.
 */
public final class StaleBaseException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  StaleBaseException(String table) {
    super("Cannot publish staged batch: another commit changed the table meanwhile: " + table);
  }
}
