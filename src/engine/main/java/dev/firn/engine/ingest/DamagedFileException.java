package dev.firn.engine.ingest;

/** A raw file no part of which can be trusted; the message is the reason recorded in quarantine. */
final class DamagedFileException extends Exception {

  private static final long serialVersionUID = 1L;

  DamagedFileException(String reason) {
    super(reason);
  }

  DamagedFileException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
