package dev.firn.cdc.source;

/** The changes of one table cannot be captured from now on; those of the others can. */
public final class TableStopException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * @param reason a clause about the table, as in {@link Trouble}
   */
  public TableStopException(String reason) {
    super(reason);
  }
}
