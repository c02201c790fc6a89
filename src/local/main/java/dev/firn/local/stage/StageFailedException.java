package dev.firn.local.stage;

/** A stage ended with an exit code other than 0; what it had to say is on the console. */
public final class StageFailedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitCode;

  StageFailedException(String stage, int exitCode) {
    super("%s ended with exit code %s".formatted(stage, exitCode));
    this.exitCode = exitCode;
  }

  public int exitCode() {
    return exitCode;
  }
}
