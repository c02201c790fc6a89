package dev.firn.console;

/**
 * The data needs a person's decision before work can go on; nothing was changed by going on
 * blindly.
 */
public final class DecisionException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DecisionException(String problem, String remedy) {
    super(problem + ". " + remedy);
  }
}
