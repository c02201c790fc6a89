package dev.firn.console;

/** The data needs a person's decision before the work can continue. Nothing was changed. */
public final class DecisionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DecisionException(String problem, String remedy) {
    super(problem + ". " + remedy);
  }
}
