package dev.firn.contract;

/**
 * A record that cannot be read as a change event; its sentence is the reason kept in quarantine.
 */
public final class MalformedRecordException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public MalformedRecordException(String reason) {
    super(reason);
  }

  public MalformedRecordException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
