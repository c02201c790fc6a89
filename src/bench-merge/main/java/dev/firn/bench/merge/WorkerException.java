package dev.firn.bench.merge;

/** A contender could not do what it was told. */
final class WorkerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WorkerException(String reason) {
    super(reason);
  }
}
