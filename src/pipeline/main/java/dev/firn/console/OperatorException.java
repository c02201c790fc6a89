package dev.firn.console;

/**
 * A failure that the operator can fix: a mistake in the configuration, a missing privilege, an
 * address that does not answer. Its sentence has the form <em>Cannot verb thing: why: value</em>,
 * then the remedy.
 */
public final class OperatorException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public OperatorException(String problem, String remedy) {
    super(problem + ". " + remedy);
  }

  public OperatorException(String problem, String remedy, Throwable cause) {
    super(problem + ". " + remedy, cause);
  }
}
