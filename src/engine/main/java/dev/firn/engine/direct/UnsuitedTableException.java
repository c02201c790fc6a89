package dev.firn.engine.direct;

/** The direct engine cannot work on the table as it is; its sentence says why. SQL can. */
final class UnsuitedTableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnsuitedTableException(String reason) {
    super(reason);
  }
}
