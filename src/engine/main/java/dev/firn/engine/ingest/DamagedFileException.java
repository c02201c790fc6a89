package dev.firn.engine.ingest;

/** A raw file that cannot be trusted in any part; its sentence is the reason kept in quarantine. */
final class DamagedFileException extends Exception {

  private static final long serialVersionUID = 1L;

  DamagedFileException(String reason) {
    super(reason);
  }

  DamagedFileException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
