package dev.firn.contract.fault;

/** The failure that {@code FIRN_FAILPOINT=name:throw} asked for. */
public final class FailpointException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  FailpointException(Failpoint point) {
    super("Failpoint " + point.text() + ": this failure was requested by FIRN_FAILPOINT");
  }
}
