package dev.firn.bench.merge;

/** A contender failed to execute a command. */
final class WorkerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  WorkerException(String reason) {
    super(reason);
  }
}
