package dev.firn.engine.direct;

/**
 * The direct engine cannot merge into the table as it is; the message gives the reason. The SQL
 * engine can.
 */
final class UnsuitedTableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsuitedTableException(String reason) {
    super(reason);
  }
}
